#!/usr/bin/env python3
"""Recounts a vote from its public export: python3 recount.py export.json

Plain Python without a library, to be read in one sitting; docs/standard.md says what it does and why.
"""
import hashlib
import json
import sys
import uuid
from datetime import datetime, timedelta

# --- ristretto255, RFC 9496 ---
P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
I = pow(2, (P - 1) // 4, P)  # the root of -1


def even(x):
    return x % P if x % P % 2 == 0 else -x % P


def root_of_ratio(u, v):
    r = u * v**3 * pow(u * v**7, (P - 5) // 8, P) % P
    check = v * r * r % P
    if check in (-u % P, -u * I % P):
        r = r * I % P
    return check in (u % P, -u % P), even(r)


INVERSE_ROOT = root_of_ratio(1, (-1 - D) % P)[1]


def decode(text):
    s = number(text, P)
    u1, u2 = (1 - s * s) % P, (1 + s * s) % P
    v = (-D * u1 * u1 - u2 * u2) % P
    square, i = root_of_ratio(1, v * u2 * u2 % P)
    x, y = even(2 * s * i * u2), u1 * i * i * u2 * v % P
    assert s % 2 == 0 and square and x * y % P % 2 == 0 and y, "not an element of the group"
    return x, y, 1, x * y % P


def encode(point):
    x, y, z, t = point
    u1, u2 = (z + y) * (z - y) % P, x * y % P
    _, i = root_of_ratio(1, u1 * u2 * u2 % P)
    d1, d2 = i * u1 % P, i * u2 % P
    inverse = d1 * d2 * t % P
    if t * inverse % P % 2:
        x, y, d2 = y * I % P, x * I % P, d1 * INVERSE_ROOT % P
    if x * inverse % P % 2:
        y = -y
    return even(d2 * (z - y)).to_bytes(32, "little")


def add(p, q):
    a, b = (p[1] - p[0]) * (q[1] - q[0]), (p[1] + p[0]) * (q[1] + q[0])
    c, d = 2 * D * p[3] * q[3], 2 * p[2] * q[2]
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(n, p):
    total, n = (0, 1, 1, 0), n % L
    while n:
        total, p, n = (add(total, p) if n & 1 else total), add(p, p), n >> 1
    return total


def number(text, below):
    assert len(text) == 64 and text == text.lower(), "not 64 digits"
    n = int.from_bytes(bytes.fromhex(text), "little")
    assert n < below, "not reduced"
    return n


G = decode("e2f2ae0a6abc4e71a884a961c500515f58e30b6aa582dd8db6a65945e08d2d76")
H = decode("ac5f8eca8b817dc84231ab926f3b52eea296d1c4725578e610216c2265cf1b3e")
NO = 65536


# --- the ballot ---
def challenge(booth, *elements):
    hash = hashlib.sha512(b"kazi ballot: ")
    for part in (b"challenge", booth, *elements):
        hash.update(len(part).to_bytes(8, "little") + part)
    return int.from_bytes(hash.digest(), "little") % L


def holds_one_vote(ballot, booth):
    seal, announced, total = decode(ballot["seal"]), [], 0
    for weight, c, s in zip((0, 1, NO), ballot["proof"]["challenges"], ballot["proof"]["responses"]):
        c, s = number(c, L), number(s, L)
        announced.append(encode(add(times(s, H), times(-c, add(seal, times(-weight, G))))))
        total += c
    return total % L == challenge(booth, bytes.fromhex(ballot["seal"]), *announced)


def ascending(items):
    return all(a < b for a, b in zip(items, items[1:]))


def recount(export):
    poll, standings = export["poll"], {}
    assert export["format"] == "kazi-ballot-1", "another format"
    rules, seats = poll["rules"], {seat["organisation"]: seat["chamber"] for seat in poll["register"]}
    assert len(seats) == len(poll["register"]), "an organisation has two seats"
    moment = lambda text: datetime.fromisoformat(text.replace("Z", "+00:00"))
    cut_off = moment(poll["announced_for"]) - timedelta(days=poll["seat_cut_off_days"])
    for seat in poll["register"]:
        assert moment(seat["registered_at"]) <= cut_off, "a seat came after the cut-off"
        assert moment(seat["confirmed_at"]) <= moment(poll["opened_at"]), "a seat was not confirmed"
        assert not seat["ended_at"] or moment(seat["ended_at"]) > moment(poll["opened_at"]), "a seat had ended"
    for chamber in export["chambers"]:
        name, voted, ballots, totals = (chamber[key] for key in ("chamber", "voted", "ballots", "totals"))
        size = list(seats.values()).count(name)
        quorum = max(-(-size * rules["quorum_percent"] // 100), rules["fewest_ballots"])
        booth = uuid.UUID(poll["proposal"]).bytes + bytes.fromhex(poll["draft"]["digest"]) + name.encode()
        constituted = size >= rules["fewest_seats"]
        assert all(seats.get(organisation) == name for organisation in voted), f"{name}: a voter without a seat"
        assert constituted or not voted, f"{name}: votes of a chamber that is none"
        assert len(voted) == len(ballots) < NO, f"{name}: not as many ballots as voters"
        assert ascending(voted) and ascending([b["seal"] for b in ballots]), f"{name}: not in order, or twice"
        assert all(holds_one_vote(ballot, booth) for ballot in ballots), f"{name}: a seal holds no single vote"
        quorate = constituted and len(voted) >= quorum
        assert quorate == (totals is not None), f"{name}: totals where there should be none, or none where there should be"
        standings[name] = "no_quorum" if constituted else "not_constituted"
        if quorate:
            yes, no, abstain = (totals["split"][key] for key in ("yes", "no", "abstain"))
            assert yes + no + abstain == len(ballots), f"{name}: the totals are not of so many ballots"
            a, b = (0, 1, 1, 0), add(times(yes + NO * no, G), times(number(totals["blinding"], L), H))
            for ballot in ballots:
                a = add(a, decode(ballot["seal"]))
            assert encode(a) == encode(b), f"{name}: the totals are not those of the seals"
            carried = yes > no and 100 * yes >= rules["majority_percent"] * (yes + no)
            standings[name] = "carried" if carried else "against"
        print(f"{name}: {size} seats, {len(voted)} voted, {standings[name]}", totals["split"] if quorate else "")
    found, few = set(standings.values()), sum(s != "not_constituted" for s in standings.values()) < rules["fewest_chambers"]
    decision = "lapsed" if few else "rejected" if "against" in found else "lapsed" if "no_quorum" in found else "adopted"
    stated = export["outcome"]
    assert len(standings) == 6 and {c["chamber"]: c["standing"] for c in stated["chambers"]} == standings, "other standings"
    assert stated["decision"] == decision, f"it is {decision}, not {stated['decision']}"
    return decision


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as file:
        print(recount(json.load(file)))

"""One call by the client that openapi-python-client generated, against the server whose address is given."""

import sys

from kazi_client import Client
from kazi_client.api.directory import search_organisations

answer = search_organisations.sync_detailed(client=Client(base_url=sys.argv[1]))
assert answer.status_code == 200, answer
assert answer.parsed.items, "the demo has organisations"
print(f"{len(answer.parsed.items)} organisations, the first is {answer.parsed.items[0].name}")

//! Letters go out by SMTP where it is set: to a small server of our own that first has no time, as real ones do.

use crate::support;

use kazi_store::testing::databases;
use serde_json::json;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc;
use std::time::Duration;
use support::Kazi;
use support::people::PASSWORD;

struct Taken {
    from: String,
    to: String,
    text: String,
}

/// Takes letters on a free port; the first recipient is put off once.
fn smtp() -> (u16, mpsc::Receiver<Taken>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = listener.local_addr().expect("its address").port();
    let (send, taken) = mpsc::channel();
    std::thread::spawn(move || {
        let mut put_off = true;
        for stream in listener.incoming().flatten() {
            let _ = serve(stream, &send, &mut put_off);
        }
    });
    (port, taken)
}

/// One connection: enough of RFC 5321 for one who sends.
fn serve(stream: TcpStream, taken: &mpsc::Sender<Taken>, put_off: &mut bool) -> std::io::Result<()> {
    let mut out = stream.try_clone()?;
    let mut lines = BufReader::new(stream).lines();
    let (mut from, mut to) = (String::new(), String::new());
    out.write_all(b"220 mail.test ESMTP\r\n")?;
    while let Some(line) = lines.next().transpose()? {
        let word = line.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
        let address = || line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
        let reply: &[u8] = match word.as_str() {
            "EHLO" => b"250-mail.test\r\n250 8BITMIME\r\n",
            "MAIL" => {
                from = address();
                b"250 OK\r\n"
            }
            "RCPT" if std::mem::take(put_off) => b"451 try again later\r\n",
            "RCPT" => {
                to = address();
                b"250 OK\r\n"
            }
            "DATA" => {
                out.write_all(b"354 go on\r\n")?;
                let mut text = String::new();
                while let Some(line) = lines.next().transpose()?.filter(|line| line != ".") {
                    text.push_str(line.strip_prefix('.').unwrap_or(&line));
                    text.push_str("\r\n");
                }
                let _ = taken.send(Taken { from: from.clone(), to: to.clone(), text });
                b"250 taken\r\n"
            }
            "QUIT" => return out.write_all(b"221 bye\r\n"),
            _ => b"250 OK\r\n",
        };
        out.write_all(reply)?;
    }
    Ok(())
}

#[actix_web::test]
async fn letters_go_out_by_smtp_and_are_tried_again() {
    let (port, taken) = smtp();
    let url = format!("smtp://127.0.0.1:{port}");
    let database = databases().into_iter().next().expect("the embedded database");
    let kazi = Kazi::start(database, &["--smtp-url", &url, "--mail-from", "Kazi <post@kazi.test>"]).await;
    let new = json!({ "email": "ada@smtp.example", "name": "Ada", "password": PASSWORD, "language": "en" });
    kazi.nobody().post("/api/v1/identity/registrations", new).await.expect(202);
    let wait = tokio::task::spawn_blocking(move || taken.recv_timeout(Duration::from_secs(30)));
    let letter = wait.await.expect("a thread").expect("the letter arrives");
    assert_eq!((letter.from.as_str(), letter.to.as_str()), ("post@kazi.test", "ada@smtp.example"));
    for part in ["To: ada@smtp.example\r\n", "Subject: Confirm your e-mail address\r\n", "/confirm?token="] {
        assert!(letter.text.replace("=\r\n", "").replace("=3D", "=").contains(part), "{part} in {}", letter.text);
    }
    assert!(!kazi.data_dir().join("outbox").exists(), "nothing goes to the outbox as well");
    kazi.stop().await;
}

use super::within;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// An HTTP answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// Its head, in lower case.
    pub(crate) head: String,
    /// The cookies that it sets, each with its attributes.
    pub(crate) cookies: Vec<String>,
    pub(crate) body: String,
}

impl Answer {
    /// The cookie of this name that it sets, with its attributes.
    pub(crate) fn cookie(&self, name: &str) -> Option<String> {
        let is_it = |cookie: &&String| cookie.split('=').next() == Some(name);
        self.cookies.iter().find(is_it).cloned()
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }
}

/// One request; `headers` are whole lines. The server is called by its address, unless one of them says another host.
pub(crate) async fn request(server: SocketAddr, line: &str, headers: &[&str], body: &str) -> Answer {
    let own = format!("host: {server}");
    let host =
        if headers.iter().any(|header| header.starts_with("host:")) { None } else { Some(own.as_str()) };
    let lines = host.iter().chain(headers).map(|header| format!("{header}\r\n"));
    request_as_written(server, &format!("{line} HTTP/1.1\r\n{}", lines.collect::<String>()), body).await
}

/// One request whose head is sent as it is, but for what says where it ends.
pub(crate) async fn request_as_written(server: SocketAddr, head: &str, body: &str) -> Answer {
    let answer = String::from_utf8(exchange(server, head, body.as_bytes()).await).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    let cookies = head.lines().filter_map(|line| line.strip_prefix("set-cookie: ")).map(str::to_owned);
    let cookies = cookies.collect();
    Answer { status, head: head.to_lowercase(), cookies, body: body.to_owned() }
}

/// One request of bytes, and the bytes of its answer beside it, which has no body then.
pub(crate) async fn request_of_bytes(
    server: SocketAddr,
    line: &str,
    headers: &[&str],
    body: &[u8],
) -> (Answer, Vec<u8>) {
    let lines = headers.iter().map(|header| format!("{header}\r\n")).collect::<String>();
    let answer = exchange(server, &format!("{line} HTTP/1.1\r\nhost: {server}\r\n{lines}"), body).await;
    let end = answer.windows(4).position(|bytes| bytes == b"\r\n\r\n").unwrap();
    let head = String::from_utf8(answer[..end].to_vec()).unwrap().to_lowercase();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    (Answer { status, head, cookies: Vec::new(), body: String::new() }, answer[end + 4..].to_vec())
}

/// All that is answered to a head, but for what says where it ends, and a body.
async fn exchange(server: SocketAddr, head: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("{head}connection: close\r\ncontent-length: {}\r\n\r\n", body.len());
    within("an HTTP answer", async {
        let mut stream = TcpStream::connect(server).await.unwrap();
        // One that is refused by its head need not be read to its end.
        let _ = stream.write_all(&[head.as_bytes(), body].concat()).await;
        let mut answer = Vec::new();
        while stream.read_buf(&mut answer).await.unwrap() > 0 {
            // What follows is no HTTP any more, and has no end.
            let end = answer.windows(4).position(|bytes| bytes == b"\r\n\r\n");
            if let Some(end) = end.filter(|_| answer.starts_with(b"HTTP/1.1 101")) {
                answer.truncate(end + 4);
                break;
            }
        }
        answer
    })
    .await
}

/// Waits until a server is ready, as a proxy does before it sends anybody there.
pub(crate) async fn until_ready(server: SocketAddr) {
    let mut looks = tokio::time::interval(Duration::from_millis(20));
    within("a server that is ready", async {
        while request(server, "GET /readyz", &[], "").await.status != 200 {
            looks.tick().await;
        }
    })
    .await;
}

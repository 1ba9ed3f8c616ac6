use super::Config;

impl Config {
    /// The address of the page with something behind its `#`, which no request carries and no log has. Where nobody said how people reach this
    /// server, the one for this machine.
    pub(crate) fn link(&self, port: u16, fragment: &str) -> String {
        let path = self.base_path.as_str();
        match self.public_url.authority() {
            Some(authority) => {
                let scheme = if self.public_url.is_secure() { "https" } else { "http" };
                format!("{scheme}://{authority}{path}#{fragment}")
            }
            None => format!("http://localhost:{port}{path}#{fragment}"),
        }
    }

    /// An address below where people reach this server, if that was said.
    pub(crate) fn public_link(&self, path: &str) -> Option<String> {
        let scheme = if self.public_url.is_secure() { "https" } else { "http" };
        let authority = self.public_url.authority()?;
        Some(format!("{scheme}://{authority}{}{path}", self.base_path.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_to_where_people_reach_the_server() {
        let mut config = Config::default();
        assert_eq!(config.link(3000, "invite=x"), "http://localhost:3000/#invite=x");
        config.base_path = "/chat".parse().unwrap();
        config.public_url = "https://example.org/chat".parse().unwrap();
        assert_eq!(config.link(3000, "invite=x"), "https://example.org/chat/#invite=x");
        assert_eq!(config.public_link("api/x").unwrap(), "https://example.org/chat/api/x");
        assert_eq!(Config::default().public_link("api/x"), None);
    }
}

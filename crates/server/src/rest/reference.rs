//! A page on which people read the description of this interface. It needs no script, and nothing from elsewhere.

use super::openapi;
use crate::app::App;
use axum::extract::State;
use axum::http::header;
use axum::response::{Html, IntoResponse, Response};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use serde_json::Value;
use std::sync::Arc;

const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const STYLE: &str = "
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { max-width: 60rem; margin: 0 auto; padding: 1rem; }
h2 { margin-top: 3rem; } h3 { margin: 2rem 0 .25rem; font-size: 1rem; }
code { font: .9em ui-monospace, monospace; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; } td { padding: .25rem .75rem .25rem 0; vertical-align: top; }
td:first-child { width: 12rem; } .method { display: inline-block; min-width: 4.5rem; font-weight: 700; }
p { margin: .25rem 0; }";

/// The methods of a path, in the order in which people think of them.
const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

pub(super) async fn show(State(app): State<Arc<App>>) -> Response {
    let description = serde_json::to_value(openapi::description(&app)).unwrap_or_default();
    ([(header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY)], Html(page(&description).into_string()))
        .into_response()
}

/// The whole page.
fn page(description: &Value) -> Markup {
    let about = &description["info"];
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (text(&about["title"])) ": REST interface" }
                style { (PreEscaped(STYLE)) }
            }
            body {
                h1 { (text(&about["title"])) ": REST interface" }
                @for paragraph in text(&about["description"]).split("\n\n") { p { (paragraph) } }
                p { "For programs: " a href="openapi.json" { "openapi.json" } "." }
                @for tag in items(&description["tags"]) { (group(description, tag)) }
                h2 { "Shapes" }
                @for (name, schema) in entries(&description["components"]["schemas"]) { (shape(name, schema)) }
            }
        }
    }
}

/// The routes of one tag.
fn group(description: &Value, tag: &Value) -> Markup {
    let server = text(&description["servers"][0]["url"]).trim_end_matches('/');
    let paths = entries(&description["paths"]);
    let routes = paths
        .flat_map(|(path, methods)| METHODS.iter().map(move |method| (*method, path, &methods[*method])));
    let of_tag = routes.filter(|(_, _, route)| items(&route["tags"]).any(|name| *name == tag["name"]));
    html! {
        h2 { (text(&tag["description"])) }
        @for (method, path, route) in of_tag { (operation(method, &format!("{server}{path}"), route)) }
    }
}

fn operation(method: &str, path: &str, route: &Value) -> Markup {
    let body = &route["requestBody"]["content"]["application/json"]["schema"];
    let about = [&route["summary"], &route["description"]];
    html! {
        h3 id=(text(&route["operationId"])) { code { span.method { (method.to_uppercase()) } " " (path) } }
        @for sentence in about.into_iter().map(text).filter(|text| !text.is_empty()) { p { (sentence) } }
        table {
            @for parameter in items(&route["parameters"]) {
                tr { td { code { (text(&parameter["name"])) } " (" (text(&parameter["in"])) ")" } td { (text(&parameter["description"])) } }
            }
            @if !body.is_null() { tr { td { "body" } td { (kind(body)) } } }
            @for (status, response) in entries(&route["responses"]) {
                tr {
                    td { (status) }
                    td { (text(&response["description"])) " " (kind(&response["content"]["application/json"]["schema"])) }
                }
            }
        }
    }
}

/// What a body or an answer consists of.
fn shape(name: &str, schema: &Value) -> Markup {
    let parts = items(&schema["allOf"]).chain(items(&schema["oneOf"])).chain(std::iter::once(schema));
    html! {
        h3 id=(name) { code { (name) } }
        p { (text(&schema["description"])) }
        table {
            @for (field, schema) in parts.flat_map(|part| entries(&part["properties"])) {
                tr { td { code { (field) } } td { (kind(schema)) " " (text(&schema["description"])) } }
            }
            @for word in items(&schema["enum"]) { tr { td { code { (text(word)) } } td {} } }
        }
    }
}

/// The word for a schema, which leads to it where it has a name.
fn kind(schema: &Value) -> Markup {
    let named = schema["$ref"].as_str().and_then(|path| path.rsplit('/').next());
    let types = schema["type"].as_str().into_iter().chain(items(&schema["type"]).filter_map(Value::as_str));
    html! {
        @if let Some(name) = named { a href={ "#" (name) } { (name) } }
        @for (number, name) in types.enumerate() { @if number > 0 { " or " } (name) }
        @if !schema["items"].is_null() { " of " (kind(&schema["items"])) }
        @for (number, choice) in items(&schema["oneOf"]).enumerate() { @if number > 0 { " or " } (kind(choice)) }
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn items(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn entries(value: &Value) -> impl Iterator<Item = (&str, &Value)> {
    value.as_object().into_iter().flatten().map(|(name, value)| (name.as_str(), value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_route_is_shown_with_all_that_is_said_of_it_and_runs_nothing() {
        let description = json!({
            "info": {"title": "<b>Title</b>", "description": "One.\n\nTwo."},
            "servers": [{"url": "/chat"}],
            "tags": [{"name": "rooms", "description": "Rooms"}],
            "paths": {"/api/rooms": {"post": {
                "tags": ["rooms"], "operationId": "createRoom", "summary": "Makes a room.",
                "parameters": [{"name": "q", "in": "query", "description": "<script>alert(1)</script>"}],
                "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/NewRoom"}}}},
                "responses": {"201": {"description": "It is made"}},
            }}},
            "components": {"schemas": {"NewRoom": {"type": "object", "properties": {
                "title": {"type": "string", "description": "What it is called."},
                "members": {"type": ["array", "null"], "items": {"type": "integer"}},
            }}}},
        });
        let page = page(&description).into_string();
        for shown in [
            "<span class=\"method\">POST</span> /chat/api/rooms",
            "Makes a room.",
            "<a href=\"#NewRoom\">NewRoom</a>",
            "id=\"NewRoom\"",
            "It is made",
            "What it is called.",
            "array or null of integer",
            "<p>Two.</p>",
            "&lt;b&gt;Title&lt;/b&gt;",
        ] {
            assert!(page.contains(shown), "{shown}: {page}");
        }
        assert!(!page.contains("<script>") && !page.contains("<b>"));
    }
}

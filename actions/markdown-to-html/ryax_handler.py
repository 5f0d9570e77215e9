import html

import nh3
from markdown_it import MarkdownIt

PAGE = """<!doctype html>
<html>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
</head>
<body>
{body}</body>
</html>
"""
ATTRIBUTES = {**nh3.ALLOWED_ATTRIBUTES, "code": {"class"}, "ol": {"start"}, "th": {"style"}, "td": {"style"}}


def kept(element, name, value):
    if name == "class":
        return value if value.startswith("language-") and value.replace("-", "").replace("+", "").isalnum() else None
    if name == "style":
        return value if value in ("text-align:left", "text-align:center", "text-align:right") else None
    return value


def handle(inputs):
    parser = MarkdownIt("commonmark", {"html": inputs["allow_html"]}).enable(["table", "strikethrough"])
    body = nh3.clean(
        parser.render(inputs["markdown"]),
        attributes=ATTRIBUTES,
        attribute_filter=kept,
        url_schemes={"http", "https", "mailto", "tel"},
    )
    if not inputs["page"]:
        return {"html": body}
    return {"html": PAGE.format(title=html.escape(inputs["title"]), body=body)}

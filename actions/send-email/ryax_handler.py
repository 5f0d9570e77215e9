import json
import mimetypes
import os
import smtplib
import socket
import ssl
from email import policy
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import formatdate, getaddresses, make_msgid
from html.parser import HTMLParser

import certifi

LARGEST = 40 * 1024 * 1024


class MailError(Exception):
    pass


class PlainText(HTMLParser):
    """What is left of HTML for those who read mail without it."""

    breaks = {"p", "br", "div", "tr", "li", "h1", "h2", "h3", "h4", "table", "ul", "ol"}

    def __init__(self):
        super().__init__()
        self.parts, self.hidden = [], 0

    def handle_starttag(self, tag, attrs):
        self.hidden += tag in ("script", "style", "title")
        if tag in self.breaks:
            self.parts.append("\n")

    def handle_endtag(self, tag):
        self.hidden -= tag in ("script", "style", "title")

    def handle_data(self, data):
        if self.hidden <= 0:
            before, after = (" " if data[at].isspace() else "" for at in (0, -1))
            self.parts.append(before + " ".join(data.split()) + after)

    def text(self):
        lines = [" ".join(line.split()) for line in "".join(self.parts).splitlines()]
        return "\n".join(line for line in lines if line) + "\n"


def plain_of(html):
    parser = PlainText()
    parser.feed(html)
    return parser.text()


def addresses_of(name, text):
    if "\n" in text or "\r" in text:
        raise ValueError(f"{name} must be on one line.")
    found = []
    for shown, address in getaddresses([text]) if text.strip() else []:
        try:
            found.append(Address(display_name=shown, addr_spec=address))
        except (HeaderParseError, ValueError, IndexError):
            raise ValueError(f"{name}: {address or text!r} is not an e-mail address.") from None
        if not found[-1].domain:
            raise ValueError(f"{name}: {address or text!r} is not an e-mail address.")
    return found


def attached(inputs):
    if inputs["attachment"]:
        yield inputs["attachment"], os.path.basename(inputs["attachment"])
    for folder, folders, names in os.walk(inputs["attachments"] or ""):
        folders.sort()
        for name in sorted(names):
            yield os.path.join(folder, name), name


def message_of(inputs):
    sender, to = addresses_of("From", inputs["sender"]), addresses_of("To", inputs["to"])
    copies, blind = addresses_of("Copy", inputs["cc"]), addresses_of("Blind copy", inputs["bcc"])
    if len(sender) != 1:
        raise ValueError("From must be one address.")
    recipients = list(dict.fromkeys(address.addr_spec for address in to + copies + blind))
    if not recipients:
        raise ValueError("There is nobody to send it to.")
    message = EmailMessage(policy=policy.SMTP.clone(cte_type="7bit"))
    try:
        message["From"], message["Subject"] = sender, inputs["subject"]
        for name, addresses in (("To", to), ("Cc", copies), ("Reply-To", addresses_of("Reply to", inputs["reply_to"]))):
            if addresses:
                message[name] = addresses
        message["Date"] = formatdate(localtime=False)
        message["Message-ID"] = inputs["message_id"].strip() or make_msgid(domain=sender[0].domain)
    except ValueError as error:
        raise ValueError(f"The subject and the message id must be on one line: {error}.") from None
    message.set_content(inputs["text"] or (plain_of(inputs["html"]) if inputs["html"] else ""))
    if inputs["html"]:
        message.add_alternative(inputs["html"], subtype="html")
    size = 0
    for path, name in attached(inputs):
        size += os.path.getsize(path)
        if size > LARGEST:
            raise ValueError(f"The attachments have more than {LARGEST >> 20} MiB, which no mail server takes.")
        kind, _, subtype = (mimetypes.guess_type(name)[0] or "application/octet-stream").partition("/")
        with open(path, "rb") as file:
            message.add_attachment(file.read(), maintype=kind, subtype=subtype, filename=name)
    return message, sender[0].addr_spec, recipients


def context_of(inputs):
    context = ssl.create_default_context(cafile=certifi.where())
    if inputs["ca_certificate"]:
        try:
            context.load_verify_locations(cadata=inputs["ca_certificate"])
        except (ssl.SSLError, ValueError) as error:
            raise ValueError(f"ca_certificate is not in PEM form: {error}.") from None
    return context


def connected(inputs):
    place, timeout = (inputs["host"], inputs["port"]), inputs["timeout"]
    if inputs["security"] == "tls":
        return smtplib.SMTP_SSL(*place, timeout=timeout, context=context_of(inputs))
    server = smtplib.SMTP(*place, timeout=timeout)
    if inputs["security"] == "starttls":
        server.starttls(context=context_of(inputs))
    return server


def said(code, text):
    text = text.decode("utf-8", "replace") if isinstance(text, bytes) else str(text)
    return f"{code} {' '.join(text.split())}"


def send(inputs, message, sender, recipients):
    with connected(inputs) as server:
        if inputs["username"]:
            server.login(inputs["username"], inputs["password"] or "")
        return server.send_message(message, sender, recipients)


def handle(inputs):
    message, sender, recipients = message_of(inputs)
    place = f"{inputs['host']}:{inputs['port']}"
    try:
        refused = send(inputs, message, sender, recipients)
    except smtplib.SMTPAuthenticationError as error:
        raise MailError(f"{place} does not accept the sign-in: {said(error.smtp_code, error.smtp_error)}") from None
    except smtplib.SMTPRecipientsRefused as error:
        reasons = "; ".join(f"{address}: {said(*reason)}" for address, reason in error.recipients.items())
        raise MailError(f"{place} takes none of the recipients: {reasons}") from None
    except smtplib.SMTPResponseException as error:
        raise MailError(f"{place} refuses the message: {said(error.smtp_code, error.smtp_error)}") from None
    except smtplib.SMTPServerDisconnected as error:
        raise MailError(f"{place} hung up or cannot be reached: {error}") from None
    except smtplib.SMTPException as error:
        raise MailError(f"{place} cannot be used so: {error}") from None
    except ssl.SSLError as error:
        reason = getattr(error, "verify_message", "") or error.reason or error
        raise MailError(f"There is no safe connection to {place}: {reason}") from None
    except (TimeoutError, socket.timeout):
        raise TimeoutError(f"{place} has not answered within {inputs['timeout']:g} s.") from None
    except OSError as error:
        raise MailError(f"{place} cannot be reached: {error}") from None
    for address, reason in refused.items():
        print(f"{place} refuses {address}: {said(*reason)}")
    print(f"Sent to {len(recipients) - len(refused)} of {len(recipients)} addresses.")
    return {
        "message_id": str(message["Message-ID"]),
        "refused": json.dumps({address: said(*reason) for address, reason in refused.items()}),
        "size": len(message.as_bytes()),
    }

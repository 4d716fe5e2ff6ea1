"""Receives webhooks, with nothing but the standard library.

TINTYPE_WEBHOOK_SECRET=whsec_… python webhook.py
"""

import os
from http.server import BaseHTTPRequestHandler, HTTPServer

from tintype import Webhook, WebhookVerificationError

webhook = Webhook(os.environ["TINTYPE_WEBHOOK_SECRET"])
seen: set[str] = set()


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        try:
            event = webhook.verify(body, dict(self.headers))
        except WebhookVerificationError as error:
            self.send_error(400, str(error))
            return
        # Every event comes at least once; its id says whether it is a repetition.
        delivery = self.headers["webhook-id"]
        if delivery not in seen:
            seen.add(delivery)
            print(event.type, event.data)
        self.send_response(204)
        self.end_headers()


if __name__ == "__main__":
    address = ("127.0.0.1", int(os.environ.get("PORT", "8000")))
    print(f"Listening at http://{address[0]}:{address[1]}")
    HTTPServer(address, Receiver).serve_forever()

#!/usr/bin/python3
"""A browser over the cases of ../odd_server.py: browser.py BROWSER PROGRAM PORT CASE[:PROTOCOL,...]...
Or a browser that puts an echo server to the test (echo.mjs): browser.py BROWSER PROGRAM echo URL

BROWSER is "chromium" or "firefox". It runs headless with a profile of its own and shows browser.html, which reports
what it saw to this program. Nothing leaves the machine: names other than localhost are not looked up, and what browsers
fetch by themselves is off."""

import http.server
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading

from cases import say

PAGE = pathlib.Path(__file__).with_name("browser.html")
SCRIPT = PAGE.with_name("echo.mjs")
# Without a report for so long, the browser is stuck.
STUCK_S = 60
FIREFOX_OFF = """
app.normandy.enabled app.shield.optoutstudies.enabled app.update.auto app.update.enabled
browser.aboutHomeSnippets.updateUrl browser.newtabpage.enabled
browser.newtabpage.activity-stream.feeds.system.topstories
browser.newtabpage.activity-stream.telemetry browser.ping-centre.telemetry browser.region.update.enabled
browser.safebrowsing.blockedURIs.enabled browser.safebrowsing.downloads.enabled
browser.safebrowsing.downloads.remote.enabled browser.safebrowsing.malware.enabled browser.safebrowsing.phishing.enabled
browser.search.update browser.shell.checkDefaultBrowser datareporting.healthreport.uploadEnabled
datareporting.policy.dataSubmissionEnabled dom.push.connection.enabled dom.push.enabled extensions.blocklist.enabled
extensions.getAddons.cache.enabled extensions.systemAddon.update.enabled extensions.update.enabled
geo.enabled media.gmp-manager.updateEnabled media.gmp-provider.enabled messaging-system.rsexperimentloader.enabled
network.captive-portal-service.enabled network.connectivity-service.enabled network.dns.native_https_query
network.http.speculative-parallel-limit network.prefetch-next network.predictor.enabled
network.websocket.delay-failed-reconnects privacy.trackingprotection.enabled security.OCSP.enabled
services.settings.poll_interval services.sync.enabled toolkit.telemetry.enabled toolkit.telemetry.unified
""".split()
FIREFOX_PREFERENCES = {
    # The last line of defence: every name goes to a proxy that is not there, loopback addresses directly.
    "network.proxy.type": 1,
    "network.proxy.socks": "127.0.0.1",
    "network.proxy.socks_port": 9,
    "network.proxy.socks_remote_dns": True,
    "network.proxy.no_proxies_on": "127.0.0.1",
    "network.dns.disablePrefetch": True,
    "network.trr.mode": 5,
    "services.settings.server": "",
    "datareporting.policy.firstRunURL": "",
    "startup.homepage_welcome_url": "",
    "browser.startup.page": 0,
    "browser.startup.homepage": "about:blank",
    "browser.startup.homepage_override.mstone": "ignore",
    "media.gmp-manager.url": "",
    "extensions.systemAddon.update.url": "",
    "app.normandy.api_url": "",
    "toolkit.telemetry.server": "",
    "browser.region.network.url": "",
    "trailhead.firstrun.didSeeAboutWelcome": True,
    "termsofuse.bypassNotification": True,
}
NUMBERS = ("network.http.speculative-parallel-limit", "security.OCSP.enabled", "services.settings.poll_interval")


def chromium(program, folder, url):
    return [program, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--no-default-browser-check",
            "--disable-background-networking", "--disable-component-update", "--disable-default-apps", "--disable-sync",
            "--disable-domain-reliability", "--disable-extensions", "--metrics-recording-only", "--no-pings",
            "--no-proxy-server", "--disable-dev-shm-usage", "--disable-features=OptimizationHints,MediaRouter",
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
            "--remote-debugging-pipe", f"--user-data-dir={folder}", url]


def firefox(program, folder, url):
    values = {name: 0 if name in NUMBERS else False for name in FIREFOX_OFF} | FIREFOX_PREFERENCES
    lines = ""
    for name, value in values.items():
        text = {True: "true", False: "false"}[value] if isinstance(value, bool) else (
            f'"{value}"' if isinstance(value, str) else value)
        lines += f'user_pref("{name}", {text});\n'
    pathlib.Path(folder, "user.js").write_text(lines)
    return [program, "--headless", "--no-remote", "--profile", folder, url]


class Server(http.server.ThreadingHTTPServer):
    """Says nothing of connections that a browser leaves open when it is ended."""

    def handle_error(self, request, client_address):
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


class Report(http.server.BaseHTTPRequestHandler):
    """Hands out the page, and takes a line of report with each POST."""

    protocol_version = "HTTP/1.1"
    ended = threading.Event()
    heard = threading.Event()
    console = []

    def answer(self, body, kind="text/plain"):
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        if self.path == "/echo.mjs":
            self.answer(SCRIPT.read_bytes(), "text/javascript; charset=utf-8")
        else:
            self.answer(PAGE.read_bytes() if self.path.startswith("/page") else b"", "text/html; charset=utf-8")

    def do_POST(self):
        line = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if line == "end":
            while self.console:
                say("words", self.console.pop(0))
        if line == "bye":
            Report.ended.set()
        else:
            say(line)
        Report.heard.set()
        self.answer(b"")

    def log_message(self, *_):
        pass


class Console:
    """Chromium's console, where it says why a connection failed: by DevTools' protocol on two pipes (3 and 4 there)."""

    def __init__(self):
        self.theirs_in, self.ours_out = os.pipe()
        self.ours_in, self.theirs_out = os.pipe()

    def attach(self):
        os.close(self.theirs_in)
        os.close(self.theirs_out)
        self._call(1, "Target.setAutoAttach", autoAttach=True, waitForDebuggerOnStart=False, flatten=True)
        threading.Thread(target=self._read, daemon=True).start()

    def _call(self, number, method, session=None, **parameters):
        call = {"id": number, "method": method, "params": parameters} | ({"sessionId": session} if session else {})
        os.write(self.ours_out, json.dumps(call).encode() + b"\0")

    def _read(self):
        data = b""
        while piece := os.read(self.ours_in, 65536):
            *messages, data = (data + piece).split(b"\0")
            for message in map(json.loads, messages):
                if message.get("method") == "Target.attachedToTarget":
                    self._call(2, "Log.enable", message["params"]["sessionId"])
                    self._call(3, "Runtime.enable", message["params"]["sessionId"])
                elif message.get("method") == "Log.entryAdded":
                    text = message["params"]["entry"]["text"]
                    Report.console.append(re.sub(r"^WebSocket connection to '[^']*' failed: ", "", text).strip())


def main():
    name, program, port, *words = sys.argv[1:]
    server = Server(("127.0.0.1", 0), Report)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    folder = tempfile.mkdtemp(prefix="sockeye-browser-")
    url = f"http://127.0.0.1:{server.server_port}/page?{port}#" + ";".join(words)
    command = {"chromium": chromium, "firefox": firefox}[name](program, folder, url)
    environment = os.environ | {"HOME": folder, "XDG_CONFIG_HOME": folder, "XDG_CACHE_HOME": folder,
                                "XDG_RUNTIME_DIR": folder, "MOZ_CRASHREPORTER_DISABLE": "1"}
    for variable in ("DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "http_proxy", "https_proxy", "all_proxy"):
        environment.pop(variable, None)
    console = Console() if name == "chromium" else None
    pipes = (console.theirs_in, console.theirs_out) if console else ()
    if console:
        command = ["/bin/sh", "-c", f'exec "$@" 3<&{pipes[0]} 4>&{pipes[1]}', "sh", *command]
    browser = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL, start_new_session=True, pass_fds=pipes)
    # So that the browser is ended too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    if console:
        console.attach()
    try:
        while not Report.ended.wait(0.1):
            if browser.poll() is not None:
                sys.exit(f"{program} ended by itself")
            if not Report.heard.wait(STUCK_S):
                sys.exit(f"{program} did not report for {STUCK_S} s")
            Report.heard.clear()
    finally:
        try:
            os.killpg(browser.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        browser.wait()
        shutil.rmtree(folder, ignore_errors=True)


main()

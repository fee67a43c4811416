#!/usr/bin/env python3
"""Serves the demo archive by nginx, by Apache and by Python, at the root and under /archive/,
and follows every link of every page.  check.py MORGUE
"""
import concurrent.futures, html.parser, http.client, os, pathlib, shutil, socket, subprocess
import sys, tempfile, time, tomllib, urllib.parse

ROOT = pathlib.Path(__file__).resolve().parents[2]


class Links(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.found, self.ids = [], set()

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if attributes.get("id"):
            self.ids.add(attributes["id"])
        if tag == "link" and attributes.get("rel") == "canonical":
            return
        self.found += [attributes[k] for k in ("href", "src") if attributes.get(k)]
        refresh = attributes.get("content", "")
        if tag == "meta" and attributes.get("http-equiv") == "refresh" and "url=" in refresh:
            self.found.append(refresh.split("url=", 1)[1])


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def get(port, path):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.getheader("content-type", ""), answer.getheader("location"), answer.read()
    finally:
        connection.close()


def crawl(port, start):
    """Follows every link from `start` on; gives how many addresses answered, and the dead ones."""
    seen, dead, wave = {start}, [], [start]

    def fetch(path):
        status, kind, location, body = get(port, path)
        if status in (301, 302) and location:
            return [urllib.parse.urlsplit(location).path], None
        if status != 200:
            return [], f"{status} {path}"
        if not kind.startswith("text/html"):
            return [], None
        page = Links()
        page.feed(body.decode("utf-8"))
        out = []
        for link in page.found:
            url = urllib.parse.urlsplit(urllib.parse.urljoin(f"http://127.0.0.1:{port}{path}", link))
            if url.hostname == "127.0.0.1" and url.scheme == "http":
                out.append(url.path)
        return out, None

    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        while wave:
            following = []
            for links, problem in pool.map(fetch, wave):
                if problem:
                    dead.append(problem)
                for link in links:
                    if link not in seen:
                        seen.add(link)
                        following.append(link)
            wave = following
    return len(seen), dead


def nginx(folder, root, port):
    conf = folder / "nginx.conf"
    conf.write_text(f"""
daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/nginx.log;
events {{}}
http {{
  access_log off;
  types {{ text/html html; text/css css; image/svg+xml svg; application/xml xml; application/json json; text/plain txt; }}
  client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3;
  uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;
  server {{ listen 127.0.0.1:{port}; root {root}; index index.html; error_page 404 /404.html; }}
}}
""")
    return ["nginx", "-c", str(conf), "-p", str(folder), "-e", str(folder / "nginx.log")]


def apache(folder, root, port):
    modules = pathlib.Path("/usr/lib/apache2/modules")
    names = ["mpm_event", "authz_core", "dir", "mime"]
    load = "\n".join(f"LoadModule {n}_module {modules}/mod_{n}.so" for n in names)
    conf = folder / "apache.conf"
    user = "User www-data\nGroup www-data" if os.getuid() == 0 else ""
    conf.write_text(f"""
ServerRoot {folder}
ServerName 127.0.0.1
Listen 127.0.0.1:{port}
{load}
PidFile {folder}/apache.pid
ErrorLog {folder}/apache.log
{user}
TypesConfig /etc/mime.types
DocumentRoot {root}
DirectoryIndex index.html
<Directory {root}>
  Require all granted
</Directory>
""")
    program = shutil.which("apache2") or shutil.which("httpd")
    return [program, "-f", str(conf), "-DFOREGROUND", "-k", "start"]


def python(folder, root, port):
    return [sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1", "--directory", str(root)]


def check(name, command, port, start):
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(100):
            try:
                get(port, "/")
                break
            except OSError:
                time.sleep(0.1)
        else:
            return f"{name} did not answer"
        count, dead = crawl(port, start)
    finally:
        server.terminate()
        server.wait(20)
    print(f"{name} at {start}: {count} addresses, {len(dead)} dead")
    if count < 200:
        return f"{name} at {start}: only {count} addresses were found"
    return f"{name} at {start}: {dead[:5]}" if dead else None


def main():
    morgue = pathlib.Path(sys.argv[1]).resolve()
    problems = []
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        folder.chmod(0o755)
        site = folder / "site"
        site.mkdir()
        shutil.copytree(ROOT / "content", site / "content")
        settings = (ROOT / "site.toml").read_text()
        address = tomllib.loads(settings)["base_url"]
        root = folder / "www"
        for start, base in (("/", address), ("/archive/", f"{address}/archive")):
            (site / "site.toml").write_text(settings.replace(f'"{address}"', f'"{base}"'))
            out = root / start.strip("/") if start != "/" else folder / "plain"
            root.mkdir(exist_ok=True)
            subprocess.run([morgue, "--site", site, "build", "--quiet", "--output", out], check=True)
            served = root if start != "/" else out
            for name, server in (("nginx", nginx), ("Apache", apache), ("python", python)):
                if name == "nginx" and not shutil.which("nginx"):
                    continue
                if name == "Apache" and not (shutil.which("apache2") or shutil.which("httpd")):
                    continue
                port = free_port()
                problems.append(check(name, server(folder, served, port), port, start))
    problems = [p for p in problems if p]
    for problem in problems:
        print("FAILED:", problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())

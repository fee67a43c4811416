#!/usr/bin/env python3
"""Asks nginx, Apache and Caddy for every old address of a ledger, and holds what they answer against
it.  redirects.py MORGUE        an archive made for it, at the root and under /archive/
     redirects.py - SITE OUT    a site that was built into OUT
"""
import concurrent.futures, http.client, json, os, pathlib, shutil, subprocess, sys, tempfile, time
import tomllib, urllib.parse

from check import free_port

MODULES = pathlib.Path("/usr/lib/apache2/modules")


def nginx(folder, root, rules, port):
    conf = folder / "nginx.conf"
    conf.write_text(f"""
daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/nginx.log;
events {{}}
http {{
  access_log off;
  types {{ text/html html; text/css css; application/xml xml; application/json json; text/plain txt; text/csv csv; }}
  client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3;
  uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;
  include {rules}/nginx-http.conf;
  server {{ listen 127.0.0.1:{port}; root {root}; index index.html; include {rules}/nginx-server.conf; }}
}}
""")
    return ["nginx", "-c", str(conf), "-p", str(folder), "-e", str(folder / "nginx.log")]


def apache(folder, root, rules, port):
    names = ["mpm_event", "authz_core", "dir", "mime", "rewrite", "headers"]
    load = "\n".join(f"LoadModule {n}_module {MODULES}/mod_{n}.so" for n in names)
    user = "User www-data\nGroup www-data" if os.getuid() == 0 else ""
    conf = folder / "apache.conf"
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
  AllowOverride All
</Directory>
""")
    program = shutil.which("apache2") or shutil.which("httpd")
    return [program, "-f", str(conf), "-DFOREGROUND", "-k", "start"]


def caddy(folder, root, rules, port):
    conf = folder / "Caddyfile"
    conf.write_text(f"""
{{
  admin off
  auto_https off
  storage file_system {folder}/caddy
}}
http://127.0.0.1:{port} {{
  bind 127.0.0.1
  root * {root}
  import {rules}/Caddyfile
  file_server
}}
""")
    return ["caddy", "run", "--config", str(conf), "--adapter", "caddyfile"]


SERVERS = {"nginx": nginx, "Apache": apache, "Caddy": caddy}
PROGRAMS = {"nginx": ["nginx"], "Apache": ["apache2", "httpd"], "Caddy": ["caddy"]}


def get(port, path, method="GET"):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request(method, path)
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()
    finally:
        connection.close()


def ledger(site):
    """Every line of the ledger in its columns."""
    for line in (site / "permalinks.tsv").read_text().split("\n"):
        if line and not line.startswith("#"):
            yield (line.split("\t") + [""] * 7)[:7]


def encoded(base, address):
    path, mark, query = address.partition("?")
    # What browsers encode in a query: WHATWG URL, the query percent-encode set.
    return urllib.parse.quote(base + path) + mark + urllib.parse.quote(query, safe="!$%&'()*+,-./:;=?@[\\]^_`{|}~")


def expected(site, base):
    """Every address with the status and the place that a server answers with."""
    for address, state, to, *_ in ledger(site):
        if state == "moved":
            yield address, 301, urllib.parse.quote(base + to)
        elif state == "gone" and "?" not in address:
            yield address, 410, None
        elif state == "live":
            yield address, 200, None


def ask(port, base, address, status, place):
    answer, headers, body = get(port, encoded(base, address))
    location = headers["location"]
    there = urllib.parse.unquote(urllib.parse.urlsplit(location).path) if location else None
    wanted = urllib.parse.unquote(place) if place else None
    if (answer, there) != (status, wanted):
        return f"{address}: {answer} {location}, not {status} {place}"
    if status == 410 and (b"</html>" not in body or b"Apache" in body or b"nginx</" in body):
        return f"{address}: 410 with a page of the server's own"
    if status == 301 and urllib.parse.urlsplit(location).query:
        return f"{address}: the query goes on to {location}"
    return None


def tombstone(port, base):
    """What is wrong with the page in the place of the removed article of the archive made here."""
    _, _, body = get(port, f"{base}/2018/01/05/5/")
    if b'class="is-tombstone' not in body:
        yield "the removed article has no tombstone"


def headers_of(port, base):
    """What is wrong with the headers of some answers."""
    _, headers, _ = get(port, f"{base}/")
    for name in ("Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy"):
        if not headers[name]:
            yield f"no {name}"
    for path, kind in (("feed.xml", "application/atom+xml"), ("feed.json", "application/feed+json"),
                       ("sitemap.xml", "xml")):
        status, headers, _ = get(port, f"{base}/{path}")
        found = headers["content-type"] or ""
        if status != 200 or kind not in found or (path == "sitemap.xml" and "atom" in found):
            yield f"{path} is {status} {found}"
    for path in ("_hosting/", "_hosting/nginx-http.conf", "_hosting/Caddyfile"):
        status, _, _ = get(port, f"{base}/{path}")
        if status != 404:
            yield f"{path} is served: {status}"
    status, _, body = get(port, f"{base}/nothing-here/")
    if status != 404 or b"<html" not in body:
        yield f"what is not there: {status}"


def check(name, folder, root, out, site, base, most_live):
    port = free_port()
    command = SERVERS[name](folder, root, out / "_hosting", port)
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    try:
        for _ in range(150):
            try:
                get(port, "/")
                break
            except OSError:
                if server.poll() is not None:
                    return [f"{name} ended: {server.stderr.read().decode()[-600:]}"]
                time.sleep(0.1)
        else:
            return [f"{name} did not answer"]
        questions = list(expected(site, base))
        live = [q for q in questions if q[1] == 200]
        old = [q for q in questions if q[1] != 200]
        step = max(1, len(live) // most_live)
        asked = old + live[::step]
        started = time.time()
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            wrong = [w for w in pool.map(lambda q: ask(port, base, *q), asked) if w]
        seconds = time.time() - started
        wrong += list(headers_of(port, base))
        if (site / "content/articles/5.md").exists():
            wrong += list(tombstone(port, base))
        moved = sum(1 for q in old if q[1] == 301)
        print(f"{name} at {base or '/'}: {moved} moved, {len(old) - moved} gone, {len(asked) - len(old)} live, "
              f"{len(wrong)} wrong, {seconds:.1f} s")
        return [f"{name} at {base or '/'}: {w}" for w in wrong[:10]]
    finally:
        server.terminate()
        server.wait(20)


def servers():
    return [name for name, programs in PROGRAMS.items() if any(map(shutil.which, programs))]


# Signs that act in one file of rules or another, and names that differ only in case.
ODD = ["a b", "q\"uote", "o'ne", "$uri", "${HOME}", "{$HOME}", "{http.request.host}", "{args[0]}", "semi;colon",
       "hash#sign", "100%", "%2e", "star*", "colon:x", "plus+", "amp&x", "eq=", "back`tick", "pipe|", "caret^",
       "(paren)", "[brack]", "dot.dot", "~tilde", "@at", "!bang", "comma,", "王芳", "é", "\u202eevil", "A", "a",
       "Story.HTML", "$1", "%1", "\\x", "-", "_", "default", "volatile", "include"]


def archive(folder, base):
    """An archive with old addresses of all kinds."""
    articles = folder / "content" / "articles"
    articles.mkdir(parents=True)
    (folder / "site.toml").write_text(
        f'title = "Old"\nbase_url = "https://example.org{base}"\n'
        '[publish]\nhost = ["nginx", "apache", "caddy", "s3"]\n')
    odd = [name for name in ODD if "\\" not in name and "#" not in name and "%" not in name]
    aliases = [f"/odd/{name}/" for name in odd] + [f"/file/{name}.html" for name in odd]
    aliases += ["/Case/", "/no-slash", "/old/index.html", "/odd/100%25/", "/odd/hash%23sign/", "/odd/%252e/",
                "/?p=8123", "/?p=8123&lang=en", "/index.php?id=4", "/deep/er/?x=$HOME", "/q/?s=%C3%A9", "/q/?s=a+b", "/q/?s=\"{$HOME}`;"]
    front = {"title": "New", "date": "2019-04-25", "slug": "王芳 100", "aliases": aliases, "people": ["Ana", "Bo"]}
    (articles / "new.md").write_text("---\n" + json.dumps(front) + "\n---\n\nText.\n")
    (articles / "case.md").write_text('---\ntitle: Case\ndate: 2019-04-26\nurl: /case/\n---\n\nOther.\n')
    for day in range(1, 9):
        (articles / f"{day}.md").write_text(
            f'---\ntitle: "{day}"\ndate: 2018-01-0{day}\ntopics: [T, "Old {day}"]\n---\n\nText {day}.\n')


def change(folder, run):
    """What an editor may do after the first build."""
    articles = folder / "content" / "articles"
    for day in range(1, 4):
        text = (articles / f"{day}.md").read_text()
        (articles / f"renamed {day}.md").write_text(text)
        (articles / f"{day}.md").unlink()
    # Merged, so that its feed and pages lead to another's.
    topics = folder / "content" / "topics"
    topics.mkdir()
    (topics / "t.md").write_text("---\nname: T\nmerged_into: all\n---\n")
    (topics / "all.md").write_text("---\nname: All\n---\n")
    (articles / "4.md").unlink()
    removed = (articles / "5.md").read_text().replace("\ndate:", "\nstatus: removed\ndate:")
    (articles / "5.md").write_text(removed)
    assert run("build", ok=False) == 1, "a build that loses addresses succeeds"
    run("permalinks", "withdraw", "/2018/01/04/4/", "/topics/old-5/")
    run("permalinks", "redirect", "/topics/old-4/", "/topics/")
    run("permalinks", "redirect", "/2018/01/04/", "/2018/")


def made(morgue, base):
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        folder.chmod(0o755)
        site = folder / "site"
        site.mkdir()
        archive(site, base)
        root = folder / "www"
        out = root / base.strip("/") if base else root
        root.mkdir(exist_ok=True)

        def run(*arguments, ok=True):
            command = [morgue, "--site", site, "--quiet", *arguments]
            if arguments[0] == "build":
                command += ["--output", out, "--now", "2026-01-01"]
            ended = subprocess.run(command, stderr=subprocess.PIPE if not ok else None)
            assert not ok or ended.returncode == 0, arguments
            return ended.returncode

        run("build")
        change(site, run)
        run("build")
        problems = []
        for name in servers():
            problems += check(name, folder, root, out, site, base, 10_000)
        return problems


def main():
    if sys.argv[1] == "-":
        site, out = (pathlib.Path(path).resolve() for path in sys.argv[2:4])
        settings = tomllib.loads((site / "site.toml").read_text())
        base = urllib.parse.urlsplit(settings["base_url"]).path.rstrip("/")
        with tempfile.TemporaryDirectory() as temporary:
            folder = pathlib.Path(temporary)
            folder.chmod(0o755)
            root = out if not base else folder / "www"
            if base:
                place = root / base.strip("/")
                place.parent.mkdir(parents=True)
                place.symlink_to(out)
            problems = [p for name in servers() for p in check(name, folder, root, out, site, base, 2_000)]
    else:
        morgue = pathlib.Path(sys.argv[1]).resolve()
        problems = made(morgue, "") + made(morgue, "/archive")
    for problem in problems:
        print("FAILED:", problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())

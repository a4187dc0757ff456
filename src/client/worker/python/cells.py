"""Run the reader's cells: one namespace per article, tracebacks of the reader's own frames."""

import ast
import builtins
import io
import linecache
import sys
import tokenize
from contextlib import contextmanager, suppress
from inspect import CO_COROUTINE
from json import dumps
from time import perf_counter
from traceback import StackSummary, TracebackException
from types import CodeType, ModuleType, TracebackType
from weakref import WeakKeyDictionary

import _kamipen_state as state
from _kamipen_output import begin, display, flush, restore_builtins, show_figures, whole_stack

_articles: dict[str, ModuleType] = {}
_files: set[str] = set()
MOST_FRAMES = 2_000  # a traceback of a million takes minutes

_last: WeakKeyDictionary[ModuleType, object] = WeakKeyDictionary()


def run(namespace: str, file: str, code: str):
    """Execute a cell in its article's namespace; returns the result as JSON, or a coroutine of it."""
    state.enter(namespace)
    return _execute(_article(namespace), [(file, code)])


def check(namespace: str, file: str, code: str, test: str):
    """Execute an answer and its test in a copy of the article's names and settings, which stay as they are."""
    state.enter(namespace, aside=True)
    copy = _module()
    copy.__dict__.update(_article(namespace).__dict__)
    return _execute(copy, [(file, code), (f"{file}:check", test)])


def imports(code: str) -> list[str]:
    """The modules that the code imports and that were not imported yet."""
    try:
        with whole_stack():
            tree = ast.parse(code)
        nodes = [*ast.walk(tree)]
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []  # running it will say so
    found = set()
    for node in nodes:
        if isinstance(node, ast.Import):
            found.update(alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    _take_apart(nodes)
    return sorted(found - sys.modules.keys())


def names(namespace: str) -> dict:
    return _article(namespace).__dict__


def drop(namespace: str) -> None:
    _articles.pop(namespace, None)
    state.forget(namespace)


def _article(namespace: str) -> ModuleType:
    if namespace not in _articles:
        _articles[namespace] = _module()
    return _articles[namespace]


def _module() -> ModuleType:
    module = ModuleType("__main__")
    module.__dict__["__builtins__"] = builtins
    return module


def _execute(module: ModuleType, cells: list[tuple[str, str]]):
    """Run cells one after the other in a module that is `__main__` meanwhile, as pickling and dataclasses expect."""
    begin()
    sys.modules["__main__"] = module
    module.__dict__.pop("__warningregistry__", None)  # a second run warns again
    started = perf_counter()
    try:
        with whole_stack():
            compiled = [_compiled(file, code) for file, code in cells]
        if any(part.co_flags & CO_COROUTINE for parts in compiled for part in parts if part):
            return _finish_later(module, compiled, cells[0][0], started)
        for number, (body, last) in enumerate(compiled):
            with _may_exit(number):
                exec(body, module.__dict__)
                _show(eval(last, module.__dict__) if last else None, module)
        show_figures()
    except BaseException as error:  # SystemExit and KeyboardInterrupt are results too
        return _failed(error, cells[0][0], started)
    return _finished(started)


async def _finish_later(module: ModuleType, compiled: list, file: str, started: float) -> str:
    """The same for cells that await."""
    try:
        for number, parts in enumerate(compiled):
            with _may_exit(number):
                value = None
                for part in parts:
                    value = eval(part, module.__dict__) if part else None
                    if part and part.co_flags & CO_COROUTINE:
                        value = await value
                _show(value, module)
        show_figures()
    except BaseException as error:
        return _failed(error, file, started)
    return _finished(started)


def _show(value: object, module: ModuleType) -> None:
    """Display a cell's last value, and keep it as `_` unless a cell has made that name its own."""
    display(value)
    last = _last.get(module)
    if value is not None and module.__dict__.get("_", last) is last:
        _last[module] = module.__dict__["_"] = value


@contextmanager
def _may_exit(number: int):
    """Let exit() end a cell as its last line would; the test of an exercise, which comes second, it must not end."""
    try:
        yield
    except SystemExit as end:
        if number > 0 or end.code:
            raise


def _compiled(file: str, code: str) -> tuple[CodeType, CodeType | None]:
    """A cell's statements, and its last expression apart so that its value can be shown."""
    _files.add(file)
    linecache.cache[file] = (len(code), None, code.splitlines(keepends=True), file)  # tracebacks quote from here
    flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
    tree = compile(code, file, "exec", ast.PyCF_ONLY_AST | flags)
    last = None
    if tree.body and isinstance(tree.body[-1], ast.Expr) and not _is_quiet(code):
        expression = ast.Expression(tree.body.pop().value)
        last = compile(expression, file, "eval", flags)
        _take_apart([*ast.walk(expression)])
    body = compile(tree, file, "exec", flags)
    _take_apart([*ast.walk(tree)])
    return body, last


def _take_apart(nodes: list[ast.AST]) -> None:
    """Let nodes go one by one: a tree thousands deep would end in itself, deeper than the browser's stack."""
    for node in nodes:
        vars(node).clear()


def _is_quiet(code: str) -> bool:
    """Whether the cell ends in a semicolon, which asks for the last value not to be shown."""
    if ";" not in code:
        return False
    skipped = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.ENDMARKER, tokenize.DEDENT}
    tokens = [token for token in tokenize.generate_tokens(io.StringIO(code).readline) if token.type not in skipped]
    return bool(tokens) and tokens[-1].string == ";"


def _finished(started: float) -> str:
    restore_builtins()
    flush()
    return dumps({"status": "done", "elapsed": _since(started)})


def _failed(error: BaseException, file: str, started: float) -> str:
    restore_builtins()
    elapsed = _since(started)
    with suppress(Exception):
        show_figures()  # what was drawn before the error
    flush()
    status = "stopped" if isinstance(error, KeyboardInterrupt) else "error"
    problem = _problem(error, file)
    _unlink(error)
    return dumps({"status": status, "elapsed": elapsed, "error": problem})


def _unlink(error: BaseException) -> None:
    """Let the entries of a long traceback go one by one, for the same reason."""
    entries = []
    while (entry := entries[-1].tb_next if entries else error.__traceback__) is not None:
        entries.append(entry)
    for entry in entries:
        entry.tb_next = None


def _since(started: float) -> float:
    return round(1000 * (perf_counter() - started), 1)


def _problem(error: BaseException, file: str) -> dict:
    """What went wrong, with the frames of the reader's own code only."""
    report = TracebackException.from_exception(error, limit=-MOST_FRAMES)
    _keep_readers_frames(report, set())
    text = "".join(report.format()).rstrip("\n")
    unread = isinstance(error, SyntaxError) and error.filename == file
    problem = {"type": type(error).__name__, "message": error.msg if unread else _message(error), "traceback": text}
    label = getattr(error, "label", None) if type(error).__name__ == "UnreadableLabelError" else None
    line = error.lineno if unread else _line_of_text(label, file) if label else _line(error.__traceback__, file)
    return problem | ({} if line is None else {"line": line})


def _message(error: BaseException) -> str:
    try:
        return str(error)
    except BaseException:  # reader's code
        return "<exception str() failed>"


def _keep_readers_frames(report: TracebackException, seen: set[int]) -> None:
    if id(report) in seen:
        return
    seen.add(id(report))
    report.stack = StackSummary.from_list([frame for frame in report.stack if frame.filename in _files])
    for other in (report.__cause__, report.__context__, *(report.exceptions or ())):
        if other is not None:
            _keep_readers_frames(other, seen)


def _line(trace: TracebackType | None, file: str) -> int | None:
    """The line of the innermost frame that belongs to the cell."""
    line = None
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == file:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _line_of_text(text: str, file: str) -> int | None:
    """The line of the cell on which a text is written, or the longest part of it."""
    tree = ast.parse("".join(linecache.getlines(file)))
    parts = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    parts = [node for node in parts if len(node.value) > 1 and node.value in text]
    return max(parts, key=lambda node: len(node.value)).lineno if parts else None

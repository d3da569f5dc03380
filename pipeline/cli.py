"""The commands. Results go to stdout, progress and log lines to stderr.

Exit codes: 0 clean, 1 mismatches found, 2 usage, 3 some files failed.
"""

from __future__ import annotations

import json
import logging
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

import pipeline
from pipeline import checks, doctor, files, proof, settings
from pipeline.batch import progress, work
from pipeline.batch.ingest import ingest as ingest_folder
from pipeline.batch.ingest import rehearsed
from pipeline.batch.plan import Choice
from pipeline.batch.work import Outcome
from pipeline.errors import HetongError, InputError
from pipeline.exporters import json as record_file
from pipeline.model.lift import lift
from pipeline.model.lower import lower
from pipeline.review import outputs
from pipeline.warehouse import database, store

CLEAN, MISMATCHES, FAILED = 0, 1, 3

app = typer.Typer(
    name="hetong",
    help="合同扫描件 → 经核对的结构化记录。Scanned Chinese contracts in, checked records out.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
progress_console = Console(stderr=True)

OutOption = Annotated[Path, typer.Option("--out", "-o", help="输出文件夹 / output folder")]
EngineOption = Annotated[str | None, typer.Option("--engine", help="识别引擎 / OCR engine (hetong doctor lists them)")]
BackendOption = Annotated[
    str | None, typer.Option("--backend", help="推理后端 / what runs the networks: auto, onnxruntime, openvino")
]
LangOption = Annotated[str | None, typer.Option("--lang", help="zh | en")]
FormatOption = Annotated[
    list[str] | None,
    typer.Option("--format", "-f", help="jsonl | parquet | report | workbook；可重复 / may be repeated"),
]
JsonOption = Annotated[bool, typer.Option("--json", help="机器可读的输出 / output for machines")]
VerboseOption = Annotated[bool, typer.Option("--verbose", "-v", help="各阶段用时 / stage timings")]
RepairOption = Annotated[
    bool,
    typer.Option(
        "--apply-repairs", help="采用算式和图像都支持的修正，原读数保留 / apply repairs that both witnesses support"
    ),
]
NoCacheOption = Annotated[bool, typer.Option("--no-cache", help="不使用已识别页面的缓存 / read every page anew")]


@app.command()
def extract(
    file: Annotated[Path, typer.Argument(help="PDF, PNG, JPEG, TIFF")],
    out: OutOption = Path("out"),
    engine: EngineOption = None,
    backend: BackendOption = None,
    lang: LangOption = None,
    as_json: JsonOption = False,
    verbose: VerboseOption = False,
    no_cache: NoCacheOption = False,
    apply_repairs: RepairOption = False,
) -> None:
    """读取一份合同，写出 OUT/NAME.json。Read one contract into OUT/NAME.json."""
    log_to_stderr(verbose)
    options = settings.load(
        engine=engine,
        backend=backend,
        lang=lang,
        cache=False if no_cache else None,
        apply_repairs=apply_repairs or None,
    )
    if not file.is_file():
        raise InputError(f"没有这个文件：{file}")
    files.folder(out)
    outcome = work.make(file.stem, file, out, options)
    tell((outcome,), out, as_json)
    raise typer.Exit(exit_code((outcome,)))


@app.command()
def ingest(
    folder: Annotated[Path, typer.Argument(help="合同文件夹 / folder of contracts")],
    out: OutOption = Path("out"),
    engine: EngineOption = None,
    backend: BackendOption = None,
    lang: LangOption = None,
    workers: Annotated[int | None, typer.Option("--workers", help="进程数 / processes (default: one a core)")] = None,
    on: Annotated[str | None, typer.Option("--on", help="在哪里执行 / where the work is done: local, ray")] = None,
    force: Annotated[bool, typer.Option("--force", help="全部重做 / do everything again")] = False,
    retry_failed: Annotated[
        bool, typer.Option("--retry-failed", help="重试失败的文件 / try failed files again")
    ] = False,
    limit: Annotated[int | None, typer.Option("--limit", min=1, help="最多读取几份 / read at most so many")] = None,
    watch: Annotated[bool, typer.Option("--watch", help="持续处理新文件 / go on with new files as they come")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只列出要做的事 / only say what would be done")] = False,
    as_json: JsonOption = False,
    verbose: VerboseOption = False,
    no_cache: NoCacheOption = False,
    apply_repairs: RepairOption = False,
) -> None:
    """读取文件夹中的全部合同，已完成且未改动的跳过。Read all contracts of a folder; what is done is skipped."""
    log_to_stderr(verbose)
    options = settings.load(
        engine=engine,
        backend=backend,
        lang=lang,
        workers=workers,
        on=on,
        cache=False if no_cache else None,
        apply_repairs=apply_repairs or None,
    )
    choice = Choice(force, retry_failed, limit, watch)
    if dry_run:
        print("\n".join(rehearsed(folder, out, options, choice)))
        raise typer.Exit(CLEAN)
    with progress_bar() as bar:
        task = bar.add_task("读取合同", total=None)

        def show(outcome: Outcome, total: int) -> None:
            bar.update(task, total=total, advance=1, description=escape(outcome.name[:40]))

        for outcomes in ingest_folder(folder, out, options, choice, show):
            tell(outcomes, out, as_json, outputs.write(out, options.lang, outputs.installed()))
            bar.reset(task)
    raise typer.Exit(exit_code(outcomes))


@app.command()
def status(out: Annotated[Path, typer.Argument(help="OUT")], as_json: JsonOption = False) -> None:
    """批处理进展：完成、失败、速度、预计剩余时间。How far a batch is, from another terminal or afterwards."""
    found = progress.look(out)
    print(json.dumps(found.as_json(), ensure_ascii=False, indent=1) if as_json else "\n".join(found.lines()))


@app.command()
def check(
    record: Annotated[Path, typer.Argument(help="NAME.json")],
    lang: LangOption = None,
    as_json: JsonOption = False,
) -> None:
    """对一份记录重新核对。Run the cross-checks on a record again."""
    options = settings.load(lang=lang)
    data = store.load(record)
    record_file.validate(data)
    lifted = lift(data)
    found = lower(lifted, proof.prove(lifted, checks.run(lifted)), {}, options.lang)["checks"]
    if as_json:
        print(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        for item in found:
            if item["status"] != "pass":
                print(f"{item['status']:<10} {item['rule']:<22} {item['message']}")
        print(count_line(found, options.lang))
    mismatched = any(item["status"] == "mismatch" for item in found)
    raise typer.Exit(MISMATCHES if mismatched else CLEAN)


@app.command("report")
def make_report(out: Annotated[Path, typer.Argument(help="OUT")], lang: LangOption = None) -> None:
    """由已有记录重新生成 OUT/report.html。Make OUT/report.html again from the records in OUT."""
    export(out, ["report"], lang)


@app.command()
def export(
    out: Annotated[Path, typer.Argument(help="OUT")],
    formats: FormatOption = None,
    lang: LangOption = None,
) -> None:
    """由已有记录生成汇总文件。Make the files over all records in OUT; without --format, all that can be made here."""
    if not out.is_dir():
        raise InputError(f"没有这个文件夹：{out}")
    for path in outputs.write(out, settings.load(lang=lang).lang, formats or outputs.installed()):
        print(path)
    for line in () if formats else outputs.left_out():
        print(line, file=sys.stderr)


@app.command("load")
def load_database(
    out: Annotated[Path, typer.Argument(help="OUT")],
    url: Annotated[str, typer.Argument(help="sqlite:///FILE, postgresql+psycopg://USER@HOST/DATABASE …")],
) -> None:
    """把记录载入数据库，可重复执行。Load the records in OUT into a database; a repeated load replaces."""
    if not out.is_dir():
        raise InputError(f"没有这个文件夹：{out}")
    print(f"{database.load(out, url)} → {database.masked(url)}")


@app.command()
def schema() -> None:
    """输出记录格式（JSON Schema）。Print the record's JSON Schema."""
    print(json.dumps(record_file.schema(), ensure_ascii=False, indent=2))


@app.command("doctor")
def examine(as_json: JsonOption = False) -> None:
    """检查已安装的组件能否工作。Say what is installed and works."""
    findings = doctor.examine()
    if as_json:
        print(json.dumps([finding.as_json() for finding in findings], ensure_ascii=False, indent=1))
    else:
        for finding in findings:
            print(finding)
    raise typer.Exit(CLEAN if all(finding.works or finding.optional for finding in findings) else FAILED)


@app.command()
def version() -> None:
    """输出版本号。Print the version."""
    print(pipeline.__version__)


def tell(outcomes: tuple[Outcome, ...], out: Path, as_json: bool, made: tuple[Path, ...] = ()) -> None:
    """The run's summary on stdout; failures on stderr."""
    if as_json:
        print(json.dumps([outcome.as_json() for outcome in outcomes], ensure_ascii=False, indent=1))
        return
    for outcome in outcomes:
        if outcome.status == "failed":
            print(f"失败  {outcome.file}：{outcome.reason}", file=sys.stderr)
            continue
        state = "未改动" if outcome.status == "unchanged" else f"{outcome.seconds:.1f} 秒"
        counts = f"{outcome.pages} 页  {outcome.mismatches} 处不一致  {outcome.unverified} 处未核实"
        print(f"{out / outcome.name}.json  {counts}  {state}")
    for path in made:
        print(path)


def count_line(found: list[dict[str, Any]], lang: str) -> str:
    counts = {status: sum(item["status"] == status for item in found) for status in ("pass", "mismatch", "unverified")}
    if lang == "en":
        return f"{counts['pass']} passed, {counts['mismatch']} mismatches, {counts['unverified']} unverified"
    return f"{counts['pass']} 项通过，{counts['mismatch']} 处不一致，{counts['unverified']} 处未核实"


def exit_code(outcomes: tuple[Outcome, ...]) -> int:
    if any(outcome.status == "failed" for outcome in outcomes):
        return FAILED
    return MISMATCHES if any(outcome.mismatches for outcome in outcomes) else CLEAN


def progress_bar() -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=progress_console,
    )


def log_to_stderr(verbose: bool) -> None:
    logging.basicConfig(
        level=logging.INFO if verbose else logging.ERROR,
        format="%(message)s",
        stream=sys.stderr,
        force=True,
    )
    # pdfminer and fontTools warn about every odd font of every file
    for name in ("pdfminer", "fontTools"):
        logging.getLogger(name).setLevel(logging.ERROR)


def main() -> None:
    """The console script: our own errors become one line and their exit code, never a traceback."""
    try:
        app()
    except HetongError as error:
        print(f"hetong: {error}", file=sys.stderr)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        print("hetong: 已中断；已完成的文件都已保存，再次运行会继续", file=sys.stderr)
        sys.exit(130)

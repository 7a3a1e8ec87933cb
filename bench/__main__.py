"""`python -m bench quality`, `annotate` and `retrieval`: what annotations are worth and cost, what is found.

`python -m bench search`, `index`, `serve` and `report`: this engine's speed beside others', in one run.
"""

from pathlib import Path

import click

from bench.comparison.commands import COMMANDS

SHARED = Path(__file__).resolve().parents[2] / "shared"


@click.group()
@click.option(
    "--shared", type=click.Path(path_type=Path, file_okay=False), default=SHARED, help="The reference material."
)
@click.pass_context
def main(context: click.Context, shared: Path) -> None:
    """Measure Fundstelle against the reference material."""
    alone = [command.name for command in COMMANDS]
    if not shared.is_dir() and context.invoked_subcommand not in alone:
        raise click.UsageError(f"{shared}: the reference material is not here; name its folder with --shared.")
    context.obj = shared


for command in COMMANDS:
    main.add_command(command)


@main.command()
@click.pass_obj
def quality(shared: Path) -> None:
    """Persons, speakers and statements against the hand-marked articles; the five articles against their gold."""
    from bench.quality import gold, score

    click.echo(score.score(shared))
    click.echo(gold.report(shared))


@main.command()
@click.option("--articles", default=1028, show_default=True, help="How many articles.")
@click.option("--rounds", default=5, show_default=True, help="How often; the median counts.")
@click.pass_obj
def annotate(shared: Path, articles: int, rounds: int) -> None:
    """Articles a second and core, by stage, on the Austrian newspaper."""
    from bench.speed import stages

    for line in stages(shared / "news" / "articles.jsonl", articles, rounds):
        click.echo(line)


@main.command()
@click.option("--limit", type=int, help="Only the first so many articles.")
@click.pass_obj
def retrieval(shared: Path, limit: int | None) -> None:
    """Articles found by their titles, plain and disturbed, against other engines."""
    from bench.retrieval import retrieval

    for line in retrieval(shared, limit):
        click.echo(line)


if __name__ == "__main__":
    main()

"""The least that a command line of Typer can do: the floor of `cmo --version`."""

import typer

app = typer.Typer()


@app.command()
def hello() -> None:
    typer.echo("hello")


app()

"""Settings: read strictly, so that a misspelt key is never silently without effect."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kg.config import KEYS, Config, LanguageModel, load_config
from kg.errors import UsageError
from kg.terms import DEFAULT_BASE


def write(folder: Path, text: str) -> Path:
    path = folder / "kg.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_no_file_gives_the_defaults(tmp_path: Path) -> None:
    assert load_config(folder=tmp_path) == Config()
    assert Config().base == DEFAULT_BASE


def test_all_keys(tmp_path: Path) -> None:
    write(
        tmp_path,
        'store = "g"\nbase = "https://data.example.se/id/"\nregisters = "reg"\nfile_limit_mb = 0.5\n',
    )
    config = load_config(folder=tmp_path)
    assert config == Config(tmp_path / "g", "https://data.example.se/id/", tmp_path / "reg", 0.5)
    assert config.file_limit == 500_000


def test_absolute_paths_stay(tmp_path: Path) -> None:
    write(tmp_path, 'store = "/var/graph"\n')
    assert load_config(folder=tmp_path).store == Path("/var/graph")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('stor = "g"', "'stor'"),
        ("store = 3", "'store' is 3"),
        ('store = ""', "'store'"),
        ('base = "example"', "'base'"),
        ('base = "https://data.example.se/id"', "'base'"),
        ('base = "https://data.example.se/a b/"', "'base'"),
        ("file_limit_mb = 0", "'file_limit_mb'"),
        ("file_limit_mb = true", "'file_limit_mb'"),
        ("file_limit_mb = nan", "'file_limit_mb'"),
        ("registers = 1", "'registers'"),
        ("store = ", "not valid TOML"),
    ],
)
def test_a_wrong_setting_is_one_clear_error(tmp_path: Path, text: str, words: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(UsageError) as caught:
        load_config(path)
    assert words in caught.value.what
    assert caught.value.where == str(path) and caught.value.hint and caught.value.exit_code == 2


def test_an_unknown_key_lists_the_known(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        load_config(write(tmp_path, 'bas = "x"'))
    assert all(key in caught.value.hint for key in KEYS)


def test_a_named_file_must_exist(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        load_config(tmp_path / "other.toml")


def test_not_utf8(tmp_path: Path) -> None:
    path = tmp_path / "kg.toml"
    path.write_bytes(b'store = "\xe5"')
    with pytest.raises(UsageError, match="not valid TOML"):
        load_config(path)


def test_limits_of_workers(tmp_path: Path) -> None:
    write(tmp_path, "workers = 3\npaper_seconds = 5\npaper_memory_mb = 500.5\n")
    config = load_config(folder=tmp_path)
    assert (config.processes, config.paper_seconds, config.paper_memory_mb) == (3, 5.0, 500.5)
    assert Config().processes == len(os.sched_getaffinity(0))


@pytest.mark.parametrize("text", ["workers = -1", "workers = 1.5", "workers = true", "paper_seconds = 0"])
def test_limits_that_are_none(tmp_path: Path, text: str) -> None:
    with pytest.raises(UsageError, match=text.split()[0]):
        load_config(write(tmp_path, text))


def test_a_language_model_is_off_unless_named(tmp_path: Path) -> None:
    assert Config().language_model is None
    text = '[language_model]\nurl = "http://127.0.0.1:8080/v1"\nmodel = "m"\nkey_variable = "KEY"\nmax_papers = 7\n'
    found = load_config(write(tmp_path, text)).language_model
    assert found == LanguageModel("http://127.0.0.1:8080/v1", "m", "KEY", max_papers=7, answers=tmp_path / "answers")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('language_model = "m"', "language_model"),
        ('[language_model]\nmodel = "m"', "no url"),
        ('[language_model]\nurl = "http://h/v1"', "no model"),
        ('[language_model]\nurl = "ftp://h"\nmodel = "m"', "language_model.url"),
        ('[language_model]\nurl = "http://"\nmodel = "m"', "language_model.url"),
        ('[language_model]\nurl = "http://me:secret@h/v1"\nmodel = "m"', "language_model.url"),
        ('[language_model]\nurl = "http://h:99999/v1"\nmodel = "m"', "language_model.url"),
        ('[language_model]\nurl = "http://h/v1"\nmodel = ""', "language_model.model"),
        ('[language_model]\nurl = "http://h/v1"\nmodel = "m"\nkey = "secret"', "'key'"),
        ('[language_model]\nurl = "http://h/v1"\nmodel = "m"\nmax_papers = -1', "language_model.max_papers"),
        ('[language_model]\nurl = "http://h/v1"\nmodel = "m"\ntimeout_seconds = 0', "language_model.timeout_seconds"),
    ],
)
def test_wrong_settings_of_a_language_model(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(UsageError) as caught:
        load_config(write(tmp_path, text))
    assert words in str(caught.value) and "secret@" not in str(caught.value)


def test_a_key_written_where_its_name_belongs_is_not_shown(tmp_path: Path) -> None:
    text = '[language_model]\nurl = "http://h/v1"\nmodel = "m"\nkey_variable = "sk-verysecret"'
    with pytest.raises(UsageError) as caught:
        load_config(write(tmp_path, text))
    assert "verysecret" not in str(caught.value)

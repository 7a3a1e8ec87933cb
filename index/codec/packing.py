"""Short pieces of bytes, packed one by one by Zstandard (RFC 8878) with a dictionary made of samples of their like.

The dictionary is what makes short pieces small: one that is packed alone has hardly anything to refer back to.
"""

import sys
from collections.abc import Mapping, Sequence

if sys.version_info >= (3, 14):
    from compression.zstd import CompressionParameter, ZstdCompressor, ZstdDict, ZstdError, decompress, finalize_dict
else:  # the same module, made available for earlier versions by those who wrote it
    from backports.zstd import CompressionParameter, ZstdCompressor, ZstdDict, ZstdError, decompress, finalize_dict

_LEVEL = 3  # level 5 takes twice the time and saves nothing with dictionaries of this size
_OPTIONS: Mapping[int, int] = {
    CompressionParameter.compression_level: _LEVEL,
    CompressionParameter.checksum_flag: 1,
    CompressionParameter.dict_id_flag: 0,
}

_MOST = 110_000
_LEAST = 512
"""How long dictionaries are, in bytes."""

_SHARE = 64
"""What a dictionary serves is so many times as long, before it is packed."""

_SAMPLES = 8
"""Of so many pieces one says how often symbols stand in them all, and a dictionary is no longer than such a part."""


class Packer:
    """Packs pieces of one kind. Its dictionary serves later pieces too, until one twice as long can be made."""

    def __init__(self) -> None:
        self.dictionary = b""
        self._seen = 0

    def pack(self, pieces: Sequence[bytes]) -> list[bytes]:
        """The pieces, packed with `self.dictionary`, which may be another one than before; what is empty stays so."""
        here = sum(map(len, pieces))
        self._seen += here
        size = min(_MOST, self._seen // _SHARE, here // _SAMPLES)
        if size >= max(_LEAST, min(2 * len(self.dictionary), _MOST)) and len(self.dictionary) < size:
            self.dictionary = _made_of(pieces, size)
        digested = ZstdDict(self.dictionary).as_digested_dict if self.dictionary else None
        packer = ZstdCompressor(options=_OPTIONS, zstd_dict=digested)
        return [packer.compress(piece, packer.FLUSH_FRAME) if piece else b"" for piece in pieces]


def _made_of(pieces: Sequence[bytes], size: int) -> bytes:
    """A dictionary of so many bytes: some of the pieces, evenly spread, and how often symbols stand in others."""
    pieces = [piece for piece in pieces if piece]
    step = max(1, sum(map(len, pieces)) // size)
    content = ZstdDict(b"".join(pieces[::step])[:size], is_raw=True)
    return finalize_dict(content, pieces[::_SAMPLES], size, _LEVEL).dict_content


def opened(dictionary: bytes) -> ZstdDict | None:
    """A dictionary to unpack with, safe to use from several threads. Raises ValueError where it is damaged."""
    try:
        return ZstdDict(dictionary) if dictionary else None
    except ValueError as error:
        raise ValueError(f"a dictionary is damaged ({error})") from None


def unpack(packed: bytes | memoryview, dictionary: ZstdDict | None) -> bytes:
    """What was packed with this dictionary. Raises ValueError where it is damaged."""
    try:
        return decompress(packed, dictionary) if packed else b""
    except ZstdError as error:
        raise ValueError(str(error)) from None

"""The text made into a function of the machine by LLVM (``pip install 'anmin[compiled]'``); everything else works without."""

import ctypes
import hashlib
from pathlib import Path
from typing import Any

from anmin.base.errors import BadValue

POINTERS = 9


def llvm() -> Any:
    """LLVM. Refuses, in a sentence, where it is not installed."""
    try:
        import llvmlite.binding  # type: ignore[import-untyped]  # has no types of its own
    except ImportError:
        raise BadValue("编译计算需要安装 llvmlite：pip install 'anmin[compiled]'；不安装也能计算，只是慢一些。") from None
    return llvmlite.binding


def installed() -> bool:
    """Whether programs can be compiled here."""
    try:
        llvm()
    except BadValue:
        return False
    return True


class Machine:
    """Compiles programs; with a folder, what was compiled is kept there for the next process.

    The folder must be writable for nobody else: what lies in it is run. With a lesser ``speed`` (0 to 3) programs are sooner
    compiled and slower.
    """

    def __init__(self, kept: Path | None = None, speed: int = 3) -> None:
        binding = llvm()
        binding.initialize_native_target()
        binding.initialize_native_asmprinter()
        self._binding, self._kept, self._speed = binding, kept, speed

    def _target(self) -> Any:
        binding = self._binding
        target = binding.Target.from_default_triple()
        return target.create_target_machine(
            cpu=binding.get_host_cpu_name(), features=binding.get_host_cpu_features().flatten(), opt=self._speed, jit=True
        )

    def compiled(self, text: str) -> Any:
        """The function ``work`` of a program."""
        binding, target = self._binding, self._target()
        address = self._address(text, target)
        engine = binding.create_mcjit_compiler(binding.parse_assembly(""), target)
        if address is not None and address.exists():
            made = address.read_bytes()
        else:
            made = self._made(text, target)
            if address is not None:
                address.parent.mkdir(parents=True, exist_ok=True)
                address.with_suffix(".part").write_bytes(made)
                address.with_suffix(".part").replace(address)
        engine.add_object_file(binding.ObjectFileRef.from_data(made))
        engine.finalize_object()
        work = ctypes.CFUNCTYPE(None, ctypes.c_int64, *[ctypes.c_void_p] * POINTERS)(engine.get_function_address("work"))
        work.lives_in = engine  # type: ignore[attr-defined]  # or its memory would be given back while it can still be called
        return work

    def _made(self, text: str, target: Any) -> bytes:
        binding = self._binding
        module = binding.parse_assembly(f'target triple = "{target.triple}"\ntarget datalayout = "{target.target_data}"\n{text}')
        module.verify()
        options = binding.create_pipeline_tuning_options(speed_level=self._speed)
        options.loop_vectorization = self._speed > 1
        builder = binding.create_pass_builder(target, options)
        builder.getModulePassManager().run(module, builder)
        made: bytes = target.emit_object(module)
        return made

    def _address(self, text: str, target: Any) -> Path | None:
        if self._kept is None:
            return None
        binding = self._binding
        of = (
            text,
            target.triple,
            binding.get_host_cpu_name(),
            binding.get_host_cpu_features().flatten(),
            binding.llvm_version_info,
        )
        return self._kept / f"{hashlib.sha256(repr(of).encode()).hexdigest()[:32]}.o"

"""Real local servers for what comes in: IMAP over TLS, S3, WebDAV over TLS, SFTP; each in threads of this process.

A certificate of our own, trusted through `SSL_CERT_FILE`, stands before all that speak TLS. Nothing listens but on
loopback, and every server ends with its `with` block.
"""

import asyncio
import contextlib
import ipaddress
import socket
import ssl
import threading
from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

USER, PASSWORD = "gk", "geheim"


def certificate(folder: Path) -> Path:
    """A certificate of 127.0.0.1 with its key, in one file, that vouches for itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=2))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(
            x509.SubjectAlternativeName([x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]),
            critical=False,
        )
        .sign(key, hashes.SHA256())
    )
    file = folder / "server.pem"
    plain = serialization.NoEncryption()
    pem, pkcs8 = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    file.write_bytes(key.private_bytes(pem, pkcs8, plain) + made.public_bytes(pem))
    return file


class Loop:
    """An event loop in a thread of its own."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self._thread.start()

    def run(self, work: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self.loop).result()

    def end(self) -> None:
        async def cancel() -> None:
            others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
            for task in others:
                task.cancel()
            await asyncio.gather(*others, return_exceptions=True)

        self.run(cancel())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join(10)
        self.loop.close()


class MailServer:
    """A pymap server with one user, behind TLS.

    Attributes:
        cut_after: bytes after which the next connection is cut, once; None for one that holds.
        quota: used and allowed kilobytes (RFC 9208); None for a server that does not tell, empty for one that says it
            would and then refuses.
    """

    def __init__(self, pem: Path, from_first_byte: bool = True) -> None:
        from pymap.backend.dict import DictBackend
        from pymap.imap import IMAPServer, IMAPService

        parser = ArgumentParser()
        DictBackend.add_subparser("dict", parser.add_subparsers(dest="backend"))
        IMAPService.add_arguments(parser)
        login = [*(["--no-tls"] if from_first_byte else []), "dict", "--demo-user", USER, "--demo-password", PASSWORD]
        arguments = parser.parse_args(login)
        arguments.debug, arguments.passlib_cfg = False, None
        arguments.proxy_protocol = arguments.inherited_sockets = None
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(pem)
        self._loop, self.cut_after = Loop(), None
        self.quota: tuple[int, ...] | None = None
        self._config: Any = None

        async def start() -> Any:
            from pysasl.hashing import BuiltinHash

            backend, self._config = await DictBackend.init(
                arguments, hash_context=BuiltinHash(hash_name="sha1", rounds=1), reject_dnsbl=False, ssl_context=context
            )
            self._config.apply_context()
            answer = IMAPServer(backend.login, self._config)
            _teach_quota(self, self._config, answer.commands)

            async def speak(reader: Any, writer: Any) -> None:
                from proxyprotocol.sock import SocketInfoLocal

                self._config.apply_context()
                if self.cut_after is not None:
                    writer, self.cut_after = _Cut(writer, self.cut_after), None
                with contextlib.suppress(Exception):
                    await answer(reader, writer, SocketInfoLocal(writer))

            first = context if from_first_byte else None
            return await asyncio.start_server(speak, "127.0.0.1", 0, ssl=first, limit=2**17)

        self._server = self._loop.run(start())
        self.port = self._server.sockets[0].getsockname()[1]
        self._folder: Any = None

    @property
    def url(self) -> str:
        return f"imaps://{USER}:{PASSWORD}@127.0.0.1:{self.port}/INBOX"

    def empty(self) -> None:
        """An empty mailbox, with a UIDVALIDITY of its own."""
        self.quota = None
        from pymap.backend.dict.filter import FilterSet
        from pymap.backend.dict.mailbox import MailboxSet

        async def made() -> Any:
            mailboxes = MailboxSet()
            self._config.set_cache[USER] = (mailboxes, FilterSet())
            return await mailboxes.get_mailbox("INBOX")

        self._folder = self._loop.run(made())

    def receive(self, *mails: bytes, at: datetime = datetime(2022, 1, 20, 9, tzinfo=UTC)) -> None:
        """Mails that arrive, a minute apart."""
        from pymap.parsing.message import AppendMessage

        async def append() -> None:
            for number, mail in enumerate(mails):
                await self._folder.append(AppendMessage(mail, at + timedelta(minutes=number), frozenset()))

        self._loop.run(append())

    def end(self) -> None:
        self._server.close()
        self._loop.end()


def _teach_quota(server: MailServer, config: Any, commands: Any) -> None:
    """pymap knows no QUOTA: the command, and the word for it among its capabilities while the server has one."""
    from pymap.imap.state import ConnectionState
    from pymap.parsing.command.auth import SelectCommand
    from pymap.parsing.response import ResponseBad, ResponseOk, UntaggedResponse

    class GetQuotaRoot(SelectCommand):
        command = b"GETQUOTAROOT"

    class WithQuota(type(config)):  # type: ignore[misc]  # what pymap gives is untyped
        @property
        def login_capability(self) -> list[bytes]:
            return [*super().login_capability, *([] if server.quota is None else [b"QUOTA"])]

    async def answer(_state: Any, command: Any) -> tuple[Any, None]:
        if not server.quota:
            return ResponseBad(command.tag, b"Not today."), None
        said = ResponseOk(command.tag, b"Quota told.")
        said.add_untagged(UntaggedResponse(b'QUOTAROOT INBOX ""'))
        said.add_untagged(UntaggedResponse(b'QUOTA "" (STORAGE %d %d)' % server.quota))
        return said, None

    config.__class__ = WithQuota
    commands.register(GetQuotaRoot)
    ConnectionState.do_getquotaroot = answer  # type: ignore[attr-defined]  # a command that pymap lacks


class _Cut:
    """A connection that breaks after so many bytes."""

    def __init__(self, writer: Any, left: int) -> None:
        self._writer, self._left = writer, left

    def write(self, data: bytes) -> None:
        self._writer.write(bytes(data)[: max(0, self._left)])
        self._left -= len(data)
        if self._left <= 0:
            self._writer.transport.abort()
            raise ConnectionResetError

    def writelines(self, parts: Any) -> None:
        for part in parts:
            self.write(part)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._writer, name)


@contextlib.contextmanager
def mail_server(pem: Path, from_first_byte: bool = True) -> Iterator[MailServer]:
    """The mailbox; with `from_first_byte` false TLS begins with STARTTLS, before the login."""
    server = MailServer(pem, from_first_byte)
    try:
        yield server
    finally:
        server.end()


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextlib.contextmanager
def bucket_server(bucket: str) -> Iterator[str]:
    """An S3-compatible server (moto) with one bucket; gives its address."""
    import boto3
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        address = f"http://{host}:{port}"
        client = boto3.client(
            "s3", endpoint_url=address, aws_access_key_id=USER, aws_secret_access_key=PASSWORD, region_name="us-east-1"
        )
        client.create_bucket(Bucket=bucket)
        yield address
    finally:
        server.stop()


def put_into_bucket(address: str, bucket: str, key: str, data: bytes) -> None:
    """Uploads one object."""
    import boto3

    client = boto3.client(
        "s3", endpoint_url=address, aws_access_key_id=USER, aws_secret_access_key=PASSWORD, region_name="us-east-1"
    )
    client.put_object(Bucket=bucket, Key=key, Body=data)


@contextlib.contextmanager
def web_folder(folder: Path, pem: Path) -> Iterator[str]:
    """A folder as WebDAV over TLS, with a login (wsgidav on cheroot); gives host and port."""
    from cheroot.ssl.builtin import BuiltinSSLAdapter
    from cheroot.wsgi import Server
    from wsgidav.wsgidav_app import WsgiDAVApp

    login = {"*": {USER: {"password": PASSWORD}}}
    app = WsgiDAVApp(
        {
            "provider_mapping": {"/": str(folder)},
            "simple_dc": {"user_mapping": login},
            "verbose": 0,
            "logging": {"enable": False},
        }
    )
    server = Server(("127.0.0.1", 0), app, numthreads=2)
    server.ssl_adapter = BuiltinSSLAdapter(str(pem), str(pem))
    server.prepare()
    thread = threading.Thread(target=server.serve, daemon=True)
    thread.start()
    try:
        yield f"127.0.0.1:{server.bind_addr[1]}"
    finally:
        server.stop()
        thread.join(10)


@contextlib.contextmanager
def sftp_server(folder: Path, known_hosts: Path) -> Iterator[int]:
    """A folder over SFTP, with a login (asyncssh); writes the host's key where clients look, gives the port."""
    import asyncssh

    class OneUser(asyncssh.SSHServer):
        def password_auth_supported(self) -> bool:
            return True

        def validate_password(self, username: str, password: str) -> bool:
            return (username, password) == (USER, PASSWORD)

    def files(channel: Any) -> asyncssh.SFTPServer:
        return asyncssh.SFTPServer(channel, chroot=str(folder).encode())

    key, loop = asyncssh.generate_private_key("ssh-ed25519"), Loop()

    async def start() -> Any:
        return await asyncssh.create_server(OneUser, "127.0.0.1", 0, server_host_keys=[key], sftp_factory=files)

    server = loop.run(start())
    port = server.get_port()
    known_hosts.write_bytes(f"[127.0.0.1]:{port} ".encode() + key.export_public_key())
    try:
        yield port
    finally:
        server.close()
        loop.end()


@contextlib.contextmanager
def cut_off(host: str, after: int) -> Iterator[str]:
    """A way to a server that hands on so many of its bytes and then none; gives host and port."""
    left = [after]

    async def hand_on(source: asyncio.StreamReader, to: asyncio.StreamWriter, counted: bool) -> None:
        with contextlib.suppress(OSError):
            while (data := await source.read(2**14)) and left[0] > 0:
                to.write(data)
                await to.drain()
                left[0] -= len(data) if counted else 0
        to.close()

    async def meet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        server, _, port = host.partition(":")
        there, thither = await asyncio.open_connection(server, int(port))
        await asyncio.gather(hand_on(reader, thither, counted=False), hand_on(there, writer, counted=True))

    loop = Loop()
    server = loop.run(asyncio.start_server(meet, "127.0.0.1", 0))
    try:
        yield f"127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        loop.loop.call_soon_threadsafe(server.close)
        loop.end()

# syntax=docker/dockerfile:1
FROM python:3.11-slim-bookworm AS packages
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /src
RUN python -m venv /opt/hangxun
COPY requirements.lock .
RUN /opt/hangxun/bin/pip install --require-hashes -r requirements.lock

# The extraction of figures is compiled: docs/decisions/021-extraction-can-be-compiled.md
FROM packages AS wheel
# hadolint ignore=DL3008
RUN apt-get update \
 && apt-get install -y --no-install-recommends gcc libc6-dev \
 && rm -rf /var/lib/apt/lists/*
COPY requirements-compile.lock .
RUN /opt/hangxun/bin/pip install --require-hashes -r requirements-compile.lock
COPY pyproject.toml setup.py README.md LICENSE ./
COPY bot bot
COPY handlers handlers
COPY knowledge knowledge
RUN COMPILE_HANGXUN=1 /opt/hangxun/bin/pip wheel --no-deps --no-build-isolation --wheel-dir /wheels .

FROM packages AS build
COPY --from=wheel /wheels /wheels
RUN /opt/hangxun/bin/pip install --no-deps --no-index /wheels/*.whl

FROM python:3.11-slim-bookworm
LABEL org.opencontainers.image.title="hangxun" \
      org.opencontainers.image.licenses="Apache-2.0"
RUN useradd --uid 10001 --no-create-home --home-dir /data --shell /usr/sbin/nologin hangxun \
 && install -d -o hangxun -g hangxun /data/index /data/state
COPY --from=build /opt/hangxun /opt/hangxun
ENV PATH=/opt/hangxun/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    HANGXUN_INDEX=/data/index \
    HANGXUN_SOURCES=/data/state/sources \
    HANGXUN_DATABASE_URL=sqlite:////data/state/hangxun.sqlite
USER 10001
WORKDIR /data
VOLUME ["/data/index", "/data/state"]
HEALTHCHECK --interval=60s --timeout=20s --start-period=20s CMD ["hangxun", "check"]
ENTRYPOINT ["hangxun"]
CMD ["run"]

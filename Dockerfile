# syntax=docker/dockerfile:1
FROM python:3.11-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /src
RUN python -m venv /opt/hangxun
COPY requirements.lock .
RUN /opt/hangxun/bin/pip install --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY handlers handlers
COPY knowledge knowledge
RUN /opt/hangxun/bin/pip install --no-deps --no-build-isolation .

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

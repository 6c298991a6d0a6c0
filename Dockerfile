# One image for web, worker, beat and migrate: docker-compose.yml says what each of them runs.

FROM python:3.11-slim-bookworm AS packages
COPY requirements/base.txt /tmp/base.txt
RUN python -m venv /opt/venv \
    && /opt/venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r /tmp/base.txt

FROM python:3.11-slim-bookworm
# The same list as tools/system.py: what documents need, and translations.
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz0b libharfbuzz-subset0 fontconfig fonts-noto-core fonts-noto-cjk gettext \
    && rm -rf /var/lib/apt/lists/*

ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=mentoring.settings \
    DATA_DIR=/srv/data \
    BIND=0.0.0.0:8000

RUN useradd --system --uid 10001 --user-group --no-create-home --home-dir /srv/data app \
    && install -d -o app -g app -m 750 /srv/data /srv/data/files
COPY --from=packages /opt/venv /opt/venv
WORKDIR /srv/app
COPY . .
# Static files belong to the image, not to a volume: a new image serves its own. The build knows no secret and needs none.
RUN if find . -path '*/LC_MESSAGES/*.po' | grep -q .; then python manage.py compilemessages -v 0; fi \
    && python -m compileall -q mentoring templates_app programmes pairs evaluation demo \
    && SECRET_KEY=only-for-the-build DATA_KEY=only-for-the-build python manage.py collectstatic --noinput -v 0

USER app
VOLUME /srv/data/files
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s CMD ["python", "deploy/health.py", "web"]
CMD ["gunicorn", "--config", "deploy/gunicorn.conf.py", "mentoring.wsgi"]

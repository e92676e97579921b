package dev.jangbu.sandbox.analytics;

import dev.jangbu.sandbox.account.Accounts;
import dev.jangbu.sandbox.account.Property;
import dev.jangbu.sandbox.faults.FaultKind;
import dev.jangbu.sandbox.http.Answer;
import dev.jangbu.sandbox.http.Call;
import dev.jangbu.sandbox.http.Fields;
import dev.jangbu.sandbox.http.Json;
import dev.jangbu.sandbox.http.Platform;
import dev.jangbu.sandbox.http.Refused;
import dev.jangbu.sandbox.shop.Channel;
import java.io.OutputStream;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;

/** {@code POST /ga4/v1beta/properties/{property}:runReport}. */
public final class DataApi implements Platform {
    private static final Pattern PATH = Pattern.compile("/v1beta/properties/(\\d+):runReport");

    private record Key(String property, ReportRequest request, Instant hour) {}

    private final Accounts accounts;
    private final GoogleTokens tokens;
    private final Map<String, PropertyState> states = new ConcurrentHashMap<>();
    private final ReportCache cache = new ReportCache();

    public DataApi(Accounts accounts, GoogleTokens tokens) {
        this.accounts = accounts;
        this.tokens = tokens;
    }

    @Override
    public String channel() {
        return Channel.GA4.text();
    }

    @Override
    public String prefix() {
        return "/ga4";
    }

    @Override
    public String account(Call call) {
        Matcher matcher = PATH.matcher(call.path());
        return matcher.matches() ? matcher.group(1) : "";
    }

    @Override
    public Answer failure(Call call, int status) {
        if (status >= 500) {
            accounts.property(account(call)).map(this::state).ifPresent(state -> state.countError(call.now()));
        }
        return Problem.of(status);
    }

    @Override
    public boolean canSuffer(FaultKind kind, Call call) {
        return isPossible(kind);
    }

    @Override
    public void suffer(FaultKind kind, Call call) {
        if (kind == FaultKind.EXPIRE_TOKEN_MID_PAGING) {
            call.bearer().ifPresent(tokens::expire);
        }
    }

    static boolean isPossible(FaultKind kind) {
        return switch (kind) {
            case STATUS,
                    DELAY,
                    DROP_BEFORE_RESPONSE,
                    TRUNCATED_JSON,
                    HTML_200,
                    EMPTY_ARRAY_ONCE,
                    MISSING_FIELD,
                    EXPIRE_TOKEN_MID_PAGING,
                    CLOCK_SKEW -> true;
            case QUOTA_HOURS,
                    ROTATE_THEN_DROP,
                    INSERT_ROWS_MID_PAGING,
                    LATE_LOGIN_REDIRECT,
                    CAPTCHA,
                    LAYOUT,
                    STALE_TABLE,
                    COUNT_LIES,
                    REVOKE_APP,
                    SCOPE_REMOVED -> false;
        };
    }

    @Override
    public Answer answer(Call call) {
        Matcher matcher = PATH.matcher(call.path());
        if (!call.method().equals("POST") || !matcher.matches()) {
            throw new Refused(Problem.of(404, "NOT_FOUND", "The requested URL was not found on this server."));
        }
        PropertyState state = state(allowed(call, matcher.group(1)));
        try {
            if (state.enter() > PropertyState.CONCURRENT) {
                throw Problem.exhausted("for concurrent requests");
            }
            call.directives().pause();
            state.requireLeft(call.now());
            return report(state, ReportRequest.read(call), call.now());
        } finally {
            state.leave();
        }
    }

    /** What a property's sessions, purchases and revenue sum to, day by day. */
    public List<Fields> truth(Property property, LocalDate from, LocalDate to, Instant now) {
        Traffic traffic = new Traffic(property.shop(), now.truncatedTo(ChronoUnit.HOURS));
        return from.datesUntil(to.plusDays(1))
                .map(day -> truth(day, traffic.of(day, Scope.SESSION)))
                .toList();
    }

    private static Fields truth(LocalDate day, List<Fact> facts) {
        return Fields.of("day", day.toString())
                .with("sessions", sum(facts, Metric.SESSIONS))
                .with("purchases", sum(facts, Metric.PURCHASES))
                .with("revenue", sum(facts, Metric.REVENUE));
    }

    private static long sum(List<Fact> facts, Metric metric) {
        return facts.stream().mapToLong(fact -> fact.get(metric)).sum();
    }

    private Property allowed(Call call, String id) {
        String owner = call.bearer()
                .flatMap(token -> tokens.owner(token, call.now()))
                .orElseThrow(() -> new Refused(
                        Problem.of(401, "UNAUTHENTICATED", "Request had invalid authentication credentials.")));
        return accounts.property(id)
                .filter(property -> property.serviceAccount().email().equals(owner))
                .orElseThrow(() -> new Refused(Problem.of(
                        403, "PERMISSION_DENIED", "User does not have sufficient permissions for this property.")));
    }

    private Answer report(PropertyState state, ReportRequest asked, Instant now) {
        Property property = state.property();
        Instant hour = now.truncatedTo(ChronoUnit.HOURS);
        ReportRequest whole = asked.withoutPage();
        Report report = cache.get(
                new Key(property.id(), whole, hour),
                () -> Report.of(whole, new Traffic(property.shop(), hour), property.isThresholded()));
        List<Report.Row> page = report.page(asked);
        long spent = 4L + asked.days() + page.size() / 1_000;
        state.spend(spent, now);
        Optional<Fields> quota = asked.isReturningQuota() ? Optional.of(state.json(spent)) : Optional.empty();
        return Answer.of(200, "application/json; charset=UTF-8", out -> write(out, asked, report, page, quota));
    }

    private static void write(
            OutputStream out, ReportRequest asked, Report report, List<Report.Row> page, Optional<Fields> quota) {
        try (JsonGenerator json = Json.mapper()
                .writer()
                .without(StreamWriteFeature.AUTO_CLOSE_TARGET)
                .createGenerator(out)) {
            json.writeStartObject();
            writeHeaders(json, asked);
            if (!page.isEmpty()) {
                writeRows(json, page);
            }
            json.writeNumberProperty("rowCount", report.rows().size());
            writeMetadata(json, report);
            quota.ifPresent(fields -> json.writePOJOProperty("propertyQuota", fields));
            json.writeStringProperty("kind", "analyticsData#runReport");
            json.writeEndObject();
        }
    }

    private static void writeHeaders(JsonGenerator json, ReportRequest asked) {
        json.writePOJOProperty(
                "dimensionHeaders",
                asked.dimensions().stream()
                        .map(dimension -> Fields.of("name", dimension.apiName()))
                        .toList());
        json.writePOJOProperty(
                "metricHeaders",
                asked.metrics().stream()
                        .map(metric -> Fields.of("name", metric.apiName()).with("type", metric.type()))
                        .toList());
    }

    private static void writeRows(JsonGenerator json, List<Report.Row> page) {
        json.writeArrayPropertyStart("rows");
        for (Report.Row row : page) {
            json.writeStartObject();
            json.writeArrayPropertyStart("dimensionValues");
            for (String value : row.dimensions()) {
                writeValue(json, value);
            }
            json.writeEndArray();
            json.writeArrayPropertyStart("metricValues");
            for (long value : row.metrics()) {
                writeValue(json, String.valueOf(value));
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeValue(JsonGenerator json, String value) {
        json.writeStartObject();
        json.writeStringProperty("value", value);
        json.writeEndObject();
    }

    private static void writeMetadata(JsonGenerator json, Report report) {
        json.writeObjectPropertyStart("metadata");
        if (report.hasOther()) {
            json.writeBooleanProperty("dataLossFromOtherRow", true);
        }
        json.writeStringProperty("currencyCode", "KRW");
        json.writeStringProperty("timeZone", "Asia/Seoul");
        if (report.isThresholded()) {
            json.writeBooleanProperty("subjectToThresholding", true);
        }
        json.writeEndObject();
    }

    private PropertyState state(Property property) {
        return states.computeIfAbsent(property.id(), id -> new PropertyState(property));
    }
}

package dev.jangbu.sandbox;

import dev.jangbu.sandbox.control.Control;
import dev.jangbu.sandbox.control.Stage;
import dev.jangbu.sandbox.control.Stages;
import dev.jangbu.sandbox.faults.Directives;
import dev.jangbu.sandbox.faults.Fault;
import dev.jangbu.sandbox.faults.FaultKind;
import dev.jangbu.sandbox.http.Answer;
import dev.jangbu.sandbox.http.Call;
import dev.jangbu.sandbox.http.Parameters;
import dev.jangbu.sandbox.http.Platform;
import dev.jangbu.sandbox.http.Refused;
import dev.jangbu.sandbox.journal.Entry;
import dev.jangbu.sandbox.shop.Days;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Brings a call to its platform, with the faults that wait for it, and writes it down. */
final class Front {
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);

    private final Stages stages;
    private final Control control;
    private final boolean hasControl;

    /** @param hasControl whether there are endpoints below {@code /__sandbox} */
    Front(Stages stages, boolean hasControl) {
        this.stages = stages;
        this.hasControl = hasControl;
        control = new Control(stages);
    }

    /** A call as it came in, before anybody knows whose it is. */
    record Received(String method, String path, String query, Map<String, String> headers, String body, String base) {
        Call below(String prefix, Instant now, Directives directives) {
            String rest = path.substring(prefix.length());
            return new Call(
                    method, rest.isEmpty() ? "/" : rest, Parameters.parse(query), headers, body, base, now, directives);
        }
    }

    /** Empty where the connection is to be closed without an answer. */
    Optional<Answer> answer(Received received) {
        Stage stage = stages.current();
        Instant now = stage.clock().now();
        try {
            if (isBelow(received.path(), Control.PREFIX)) {
                return Optional.of(
                        hasControl ? control.answer(received.below(Control.PREFIX, now, Directives.none())) : none());
            }
            for (Platform platform : stage.platforms()) {
                if (isBelow(received.path(), platform.prefix())) {
                    Call call = received.below(platform.prefix(), now, Directives.none());
                    return struck(stage, platform, call).map(answer -> answer.with("Date", HTTP_DATE.format(now)));
                }
            }
        } catch (Refused refused) {
            return Optional.of(refused.answer());
        }
        return Optional.of(none());
    }

    private static Optional<Answer> struck(Stage stage, Platform platform, Call bare) {
        String account = platform.account(bare);
        Directives faults = stage.faults()
                .take(platform.channel(), account, platform.relative(bare), kind -> platform.canSuffer(kind, bare));
        Duration skew = faults.find(FaultKind.CLOCK_SKEW).map(Fault::duration).orElse(Duration.ZERO);
        Call call = bare.at(bare.now().plus(skew)).suffering(faults);
        Optional<Answer> answer = answered(platform, call);
        write(stage, platform, call, bare.now(), account, answer);
        return answer;
    }

    private static Optional<Answer> answered(Platform platform, Call call) {
        Directives faults = call.directives();
        faults.faults().forEach(fault -> platform.suffer(fault.kind(), call));
        if (faults.has(FaultKind.DROP_BEFORE_RESPONSE)) {
            faults.pause();
            return Optional.empty();
        }
        Optional<Fault> status = faults.find(FaultKind.STATUS);
        Answer answer = status.isPresent() ? platform.failure(call, status.get().status()) : plain(platform, call);
        faults.pause();
        return faults.has(FaultKind.ROTATE_THEN_DROP) ? Optional.empty() : Optional.of(Spoiled.of(answer, faults));
    }

    private static Answer plain(Platform platform, Call call) {
        try {
            return platform.answer(call);
        } catch (Refused refused) {
            return refused.answer();
        }
    }

    private static void write(
            Stage stage, Platform platform, Call call, Instant at, String account, Optional<Answer> answer) {
        Set<String> form = call.form().names();
        List<String> faults = call.directives().faults().stream()
                .map(fault -> fault.kind().text())
                .toList();
        stage.journal()
                .add(number -> new Entry(
                        number,
                        Days.millis(at),
                        at.toEpochMilli(),
                        platform.channel(),
                        account,
                        call.method(),
                        platform.relative(call),
                        call.query().names(),
                        form,
                        answer.map(Answer::status).orElse(0),
                        platform.isTokenCall(call),
                        answer.map(Answer::isWhileBlocked).orElse(false),
                        faults));
    }

    private static boolean isBelow(String path, String prefix) {
        return path.equals(prefix) || path.startsWith(prefix + "/");
    }

    private static Answer none() {
        return Answer.text(404, "no platform here (expected: /cafe24, /naver, /ably, /google, /ga4)");
    }
}

package dev.jangbu.sandbox.smartstore;

import dev.jangbu.sandbox.http.Answer;
import dev.jangbu.sandbox.http.Call;
import dev.jangbu.sandbox.http.Fields;
import dev.jangbu.sandbox.http.Refused;
import dev.jangbu.sandbox.shop.Days;
import dev.jangbu.sandbox.shop.Draw;
import java.util.List;

/** Errors as the gateway words them. */
final class Problem {
    private Problem() {}

    static Answer of(Call call, int status, String code, String message) {
        return traced(call, Answer.json(status, body(call, code, message)));
    }

    /** A parameter that is not as it should be. */
    static Refused invalid(Call call, String name, String message) {
        Fields input = Fields.of("name", name).with("type", "Invalid").with("message", message);
        Fields body = body(call, "BAD_REQUEST", "잘못된 요청입니다.").with("invalidInputs", List.of(input));
        return new Refused(traced(call, Answer.json(400, body)));
    }

    static Refused authentication(Call call) {
        return new Refused(of(call, 401, "GW.AUTHN", "요청을 보낼 권한이 없습니다."));
    }

    static Refused notFound(Call call) {
        return new Refused(of(call, 404, "GW.NOT_FOUND", "요청하신 API를 찾을 수 없습니다."));
    }

    /** The same for the same call at the same time. */
    static String traceId(Call call) {
        Draw draw = Draw.of(
                call.now().toEpochMilli(),
                call.method(),
                call.path(),
                call.query().toString(),
                call.body());
        return "sbx-%016x".formatted(draw.next());
    }

    static Answer traced(Call call, Answer answer) {
        return answer.with("GNCP-GW-Trace-ID", traceId(call));
    }

    private static Fields body(Call call, String code, String message) {
        return Fields.of("code", code)
                .with("message", message)
                .with("timestamp", Days.millis(call.now()))
                .with("traceId", traceId(call));
    }
}

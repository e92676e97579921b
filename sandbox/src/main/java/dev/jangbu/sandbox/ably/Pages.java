package dev.jangbu.sandbox.ably;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The pages, filled in. */
final class Pages {
    private final String list = resource("list.html");
    private final String login = resource("login.html");
    private final String dashboard = resource("dashboard.html");

    /**
     * How a list page is to behave.
     *
     * @param layout v1, v2, v3 or broken
     * @param isLeaving it is shown, and left for the log-in a moment later
     * @param isStale rows stay when the page is turned
     * @param isLying it counts more rows than there are
     */
    record Manner(String layout, boolean isLeaving, boolean isStale, boolean isLying) {}

    /** @param kind orders or products */
    String list(String kind, String today, Manner manner) {
        return list.replace("{{kind}}", kind)
                .replace("{{title}}", kind.equals("orders") ? "전체 주문" : "상품 목록")
                .replace("{{today}}", today)
                .replace("{{layout}}", manner.layout())
                .replace("{{leaving}}", String.valueOf(manner.isLeaving()))
                .replace("{{stale}}", String.valueOf(manner.isStale()))
                .replace("{{lying}}", String.valueOf(manner.isLying()));
    }

    /** @param message empty for none */
    String login(String message, boolean hasCaptcha) {
        String captcha =
                hasCaptcha ? "<div id=\"captcha\"><label>자동입력 방지 문자<input name=\"captcha\"></label></div>" : "";
        String told = message.isEmpty() ? "" : "<p class=\"error\" role=\"alert\">" + Html.escaped(message) + "</p>";
        return login.replace("{{message}}", told).replace("{{captcha}}", captcha);
    }

    String dashboard() {
        return dashboard;
    }

    private static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(Pages.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}

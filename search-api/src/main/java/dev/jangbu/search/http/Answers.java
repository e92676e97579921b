package dev.jangbu.search.http;

import dev.jangbu.kit.json.Json;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is answered: JSON, or CSV to {@code Accept: text/csv}; a link to the next page; an ETag, and 304 to who has that
 * answer already.
 */
public final class Answers {
    private static final String JSON = "application/json";
    private static final String CSV = "text/csv";
    private static final int TAG_BYTES = 16;

    private Answers() {}

    /** A page: {@code {"rows": […], "next": "…"}}, or its rows as CSV. */
    public static <T> ResponseEntity<byte[]> page(
            HttpServletRequest request, Parameters parameters, Class<T> type, Listing<T> page) {
        String next = page.next() == null ? null : page.next().text(parameters.filters());
        HttpHeaders headers = headers();
        if (next != null) {
            headers.set(HttpHeaders.LINK, "<" + nextAddress(request, next) + ">; rel=\"next\"");
        }
        if (wantsCsv(request)) {
            return answer(request, headers, CSV + ";charset=UTF-8", Csv.of(type, page.rows()));
        }
        ObjectNode body = Json.mapper().createObjectNode();
        ArrayNode rows = body.putArray("rows");
        page.rows().forEach(row -> rows.add(Json.mapper().<ObjectNode>valueToTree(row)));
        body.put("next", next);
        return answer(request, headers, JSON, Json.mapper().writeValueAsBytes(body));
    }

    /** A plain list, as the routes of the earlier system answer. */
    public static <T> ResponseEntity<byte[]> list(HttpServletRequest request, Class<T> type, List<T> rows) {
        if (wantsCsv(request)) {
            return answer(request, headers(), CSV + ";charset=UTF-8", Csv.of(type, rows));
        }
        return answer(request, headers(), JSON, Json.mapper().writeValueAsBytes(rows));
    }

    public static ResponseEntity<byte[]> problem(Problem problem) {
        return ResponseEntity.status(problem.status())
                .header(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body(problem.json());
    }

    /** Something that was made. */
    public static ResponseEntity<byte[]> created(Object made) {
        return ResponseEntity.status(201)
                .header(HttpHeaders.CONTENT_TYPE, JSON)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body(Json.mapper().writeValueAsBytes(made));
    }

    /** Bytes under a tag, or 304. */
    public static ResponseEntity<byte[]> answer(
            HttpServletRequest request, HttpHeaders headers, String mediaType, byte[] body) {
        String tag = tag(mediaType, body);
        headers.setETag(tag);
        if (isKnown(request.getHeader(HttpHeaders.IF_NONE_MATCH), tag)) {
            return ResponseEntity.status(304).headers(headers).build();
        }
        headers.set(HttpHeaders.CONTENT_TYPE, mediaType);
        return ResponseEntity.ok().headers(headers).body(body);
    }

    private static HttpHeaders headers() {
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.CACHE_CONTROL, "private, no-cache");
        headers.set(HttpHeaders.VARY, "Accept, Authorization, X-API-Key");
        return headers;
    }

    private static String nextAddress(HttpServletRequest request, String next) {
        UriComponentsBuilder address = UriComponentsBuilder.fromPath(request.getRequestURI());
        String query = request.getQueryString();
        return address.query(query == null ? "" : query)
                .replaceQueryParam("cursor", next)
                .build()
                .toUriString();
    }

    private static boolean wantsCsv(HttpServletRequest request) {
        String accepted = request.getHeader(HttpHeaders.ACCEPT);
        return accepted != null && accepted.toLowerCase(Locale.ROOT).contains(CSV);
    }

    private static boolean isKnown(@Nullable String known, String tag) {
        return known != null && (known.strip().equals("*") || known.contains(tag));
    }

    private static String tag(String mediaType, byte[] body) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(mediaType.getBytes(StandardCharsets.UTF_8));
            byte[] sum = digest.digest(body);
            return '"' + HexFormat.of().formatHex(sum, 0, TAG_BYTES) + '"';
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}

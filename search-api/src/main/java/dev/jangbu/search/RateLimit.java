package dev.jangbu.search;

import dev.jangbu.search.access.Caller;
import dev.jangbu.search.http.Problem;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * No caller takes the server for itself: each has a bucket of two seconds' requests that fills again at its rate. Who is
 * not known shares one by address. Also refuses bodies larger than any route takes.
 */
final class RateLimit extends OncePerRequestFilter {
    private static final int MOST_CALLERS = 10_000;
    private static final long LARGEST_BODY = 16 * 1024;
    private static final double MILLIS = 1_000;

    private final int requestsASecond;
    private final Clock clock;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > MOST_CALLERS;
        }
    };

    private record Bucket(double left, long atMillis) {}

    RateLimit(int requestsASecond, Clock clock) {
        this.requestsASecond = requestsASecond;
        this.clock = clock;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getContentLengthLong() > LARGEST_BODY) {
            refuse(response, Problem.of(413, "Too large", "body: more than " + LARGEST_BODY + " bytes"));
            return;
        }
        if (!takes(nameOf(request))) {
            response.setHeader("Retry-After", "1");
            refuse(
                    response,
                    Problem.of(429, "Too many requests", "more than " + requestsASecond + " a second; wait a second"));
            return;
        }
        chain.doFilter(request, response);
    }

    /** Whether the caller has a request left, which is then taken. */
    synchronized boolean takes(String caller) {
        long now = clock.millis();
        double most = 2.0 * requestsASecond;
        Bucket bucket = buckets.getOrDefault(caller, new Bucket(most, now));
        double left = Math.min(most, bucket.left() + (now - bucket.atMillis()) / MILLIS * requestsASecond);
        boolean isLeft = left >= 1;
        buckets.put(caller, new Bucket(isLeft ? left - 1 : left, now));
        return isLeft;
    }

    private static String nameOf(HttpServletRequest request) {
        Authentication known = SecurityContextHolder.getContext().getAuthentication();
        return known != null && known.getPrincipal() instanceof Caller caller
                ? "caller " + caller.tenant() + " " + caller.name()
                : "address " + request.getRemoteAddr();
    }

    private static void refuse(HttpServletResponse response, Problem problem) throws IOException {
        response.setStatus(problem.status());
        response.setContentType(Problem.MEDIA_TYPE);
        response.getOutputStream().write(problem.json());
    }
}

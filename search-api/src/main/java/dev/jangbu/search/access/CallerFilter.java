package dev.jangbu.search.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Puts the {@link Caller} of a key into the request's security context, where there is one. */
public final class CallerFilter extends OncePerRequestFilter {
    /** The header a program has its key in. */
    public static final String HEADER = "X-API-Key";

    private static final String KEY_HASH = "key_hash";
    private static final int LONGEST_KEY = 200;

    private final Callers callers;
    private final Function<HttpServletRequest, @Nullable String> keyHash;

    private CallerFilter(Callers callers, Function<HttpServletRequest, @Nullable String> keyHash) {
        this.callers = callers;
        this.keyHash = keyHash;
    }

    /** A program's: the key itself is in the header. */
    public static CallerFilter byHeader(Callers callers) {
        return new CallerFilter(callers, request -> {
            String key = request.getHeader(HEADER);
            return key == null || key.length() > LONGEST_KEY ? null : KeyText.hash(key);
        });
    }

    /** A person's: the session knows the key's hash since {@link #remember}. */
    public static CallerFilter bySession(Callers callers) {
        return new CallerFilter(callers, request -> {
            HttpSession session = request.getSession(false);
            return session == null ? null : (String) session.getAttribute(KEY_HASH);
        });
    }

    /** Begins a session for a key, under an id nobody had before. */
    public static void remember(HttpServletRequest request, String keyHash) {
        HttpSession old = request.getSession(false);
        if (old != null) {
            old.invalidate();
        }
        request.getSession(true).setAttribute(KEY_HASH, keyHash);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String hash = keyHash.apply(request);
        if (hash != null) {
            callers.ofKeyHash(hash).ifPresent(caller -> {
                SecurityContext context = SecurityContextHolder.createEmptyContext();
                context.setAuthentication(new CallerAuthentication(caller));
                SecurityContextHolder.setContext(context);
            });
        }
        chain.doFilter(request, response);
    }
}

package dev.jangbu.sandbox.faults;

/**
 * A fault, the calls it waits for, and how often it strikes.
 *
 * @param channel, path, account empty for any; the path matches where it is a part of the call's
 * @param times how many calls it strikes
 * @param after how many matching calls it lets pass before
 */
public record PlannedFault(Fault fault, String channel, String path, String account, int times, int after) {
    public PlannedFault {
        if (times < 1) {
            throw new IllegalArgumentException("times: " + times + " (expected: >= 1)");
        }
        if (after < 0) {
            throw new IllegalArgumentException("after: " + after + " (expected: >= 0)");
        }
    }

    boolean matches(String calledChannel, String calledAccount, String calledPath) {
        return (channel.isEmpty() || channel.equals(calledChannel))
                && (account.isEmpty() || account.equals(calledAccount))
                && calledPath.contains(path);
    }
}

package dev.jangbu.spark.lake;

import dev.jangbu.kit.workspace.Manifest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What a day's files hold, whoever wrote them and when: a day that was checked again to the same bytes is the same. */
final class FilesDigest {
    private FilesDigest() {}

    static String of(Manifest manifest) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Manifest.Entry entry : manifest.files()) {
                digest.update((entry.sha256() + " " + entry.rows() + "\n").getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}

package dev.jangbu.spark.store;

import dev.jangbu.kit.workspace.StorageFailure;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/**
 * The keys of an object store from two files, read whenever they are asked for: a new key needs no restart. On a cluster
 * the files lie at the same paths everywhere, such as a mounted secret. Made by Hadoop.
 */
public final class KeyFiles implements AwsCredentialsProvider {
    static final String ACCESS = "jangbu.s3.access-key-file";
    static final String SECRET = "jangbu.s3.secret-key-file";

    private final Path access;
    private final Path secret;

    /** As Hadoop calls it, with the file system's URI. */
    public KeyFiles(@Nullable URI store, Configuration settings) {
        this.access = Path.of(settings.get(ACCESS, ""));
        this.secret = Path.of(settings.get(SECRET, ""));
    }

    @Override
    public AwsCredentials resolveCredentials() {
        return AwsBasicCredentials.create(read(access), read(secret));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException failure) {
            throw StorageFailure.of("cannot read", file, failure);
        }
    }
}

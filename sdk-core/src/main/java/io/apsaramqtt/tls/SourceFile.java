package io.apsaramqtt.tls;

import io.apsaramqtt.tls.TlsConfigurationException.Problem;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads whole files, and says what is wrong with one that cannot be read. */
final class SourceFile {

    private SourceFile() {}

    static byte[] read(String thing, Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw unreadable(
                    thing, file, "does not exist. Check the path; relative ones begin in the working directory", e);
        } catch (AccessDeniedException e) {
            throw unreadable(
                    thing, file, "may not be read by this user. Check the permissions of the file and its folder", e);
        } catch (IOException e) {
            throw unreadable(thing, file, "cannot be read: " + e.getMessage() + ". It must be a regular file", e);
        }
    }

    private static TlsConfigurationException unreadable(String thing, Path file, String words, IOException cause) {
        return new TlsConfigurationException(Problem.UNREADABLE, thing, file.toString(), words, cause);
    }
}

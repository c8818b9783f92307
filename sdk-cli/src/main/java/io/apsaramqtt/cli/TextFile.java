package io.apsaramqtt.cli;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads files whole. */
final class TextFile {

    private TextFile() {}

    /**
     * The text of a file in UTF-8.
     *
     * @param thing what the file should be, for the message
     * @throws BadInputException if it cannot be read
     */
    static String read(String thing, Path path) {
        String named = thing + " [" + path + "] ";
        try {
            return Files.readString(path);
        } catch (NoSuchFileException e) {
            throw new BadInputException(named + "does not exist (looked in "
                    + path.toAbsolutePath().normalize().getParent() + ")");
        } catch (CharacterCodingException e) {
            throw new BadInputException(named + "is not text in UTF-8");
        } catch (IOException e) {
            throw new BadInputException(named + "cannot be read: " + e);
        }
    }
}

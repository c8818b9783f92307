package io.apsaramqtt.credentials;

import io.apsaramqtt.credentials.ProfileSettings.Setting;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The {@code config.json} of the Alibaba Cloud CLI. No message shows a value of the file, and none is taken from the parser,
 * whose own quote what they stumbled on: it may be a secret.
 */
record CliConfiguration(CredentialsFile file, Optional<String> current, List<ProfileSettings> profiles) {

    private static final JsonFactory JSON = new JsonFactory();

    static CliConfiguration parse(CredentialsFile file, String text) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
            CliConfiguration read = new Reader(file, parser).configuration();
            if (parser.nextToken() != null) {
                throw file.fault("goes on after the end of its object, in line "
                        + parser.currentTokenLocation().getLineNr());
            }
            return read;
        } catch (JacksonException e) {
            int line = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr());
            throw file.fault("is not valid JSON, or is cut off, in line " + line);
        }
    }

    /** The profile {@code name}, or the current one. */
    ProfileSettings profile(Optional<String> name) {
        String wanted = name.or(() -> current)
                .orElseThrow(() -> file.fault(
                        "names no current profile; set \"current\", or ALIBABA_CLOUD_PROFILE, to one of " + names()));
        List<ProfileSettings> found = profiles.stream()
                .filter(profile -> profile.name().equals(wanted))
                .toList();
        if (found.size() == 1) {
            return found.get(0);
        }
        throw file.fault(
                found.isEmpty()
                        ? "has no profile [" + wanted + "]; it has " + names()
                        : "has " + found.size() + " profiles [" + wanted + "]; their names must differ");
    }

    private List<String> names() {
        return profiles.stream().map(ProfileSettings::name).limit(20).toList();
    }

    /** Reads token by token. */
    private static final class Reader {

        private final CredentialsFile file;
        private final JsonParser parser;
        private final List<ProfileSettings> profiles = new ArrayList<>();
        private @Nullable String current;

        Reader(CredentialsFile file, JsonParser parser) {
            this.file = file;
            this.parser = parser;
        }

        CliConfiguration configuration() {
            if (parser.nextToken() == null) {
                throw file.fault("is empty");
            }
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                throw wrong("the document", "an object");
            }
            Set<String> seen = new HashSet<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                requireNew(seen.add(name), name);
                switch (name) {
                    case "current" -> current = current();
                    case "profiles" -> readProfiles();
                    default -> skipValue();
                }
            }
            return new CliConfiguration(
                    file, Optional.ofNullable(current).filter(text -> !text.isBlank()), List.copyOf(profiles));
        }

        private @Nullable String current() {
            JsonToken token = parser.nextToken();
            if (token == JsonToken.VALUE_NULL) {
                return null;
            }
            if (token != JsonToken.VALUE_STRING) {
                throw wrong("current", Setting.STRING);
            }
            return parser.getString();
        }

        private void readProfiles() {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                throw wrong("profiles", "an array");
            }
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (parser.currentToken() != JsonToken.START_OBJECT) {
                    throw wrong("a profile", "an object");
                }
                profiles.add(profile());
            }
        }

        private ProfileSettings profile() {
            int line = parser.currentTokenLocation().getLineNr();
            Map<String, Setting> settings = new LinkedHashMap<>();
            Set<String> seen = new HashSet<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                requireNew(seen.add(name), name);
                JsonToken token = parser.nextToken();
                if (token != JsonToken.VALUE_NULL) {
                    settings.put(name, setting(token));
                }
            }
            Setting name = settings.get("name");
            if (name == null || !name.type().equals(Setting.STRING)) {
                throw file.fault("has a profile without a name, in line " + line);
            }
            return new ProfileSettings(file, "profile", name.text(), settings);
        }

        private Setting setting(JsonToken token) {
            int line = parser.currentTokenLocation().getLineNr();
            String type = type(token);
            if (token.isStructStart()) {
                parser.skipChildren();
                return new Setting("", type, line);
            }
            return new Setting(parser.getString(), type, line);
        }

        private void skipValue() {
            parser.nextToken();
            parser.skipChildren();
        }

        private void requireNew(boolean isNew, String name) {
            if (!isNew) {
                // Only what we know: a name may be a secret that lost its colon.
                String shown = switch (name) {
                    case "current", "profiles", "name", "mode", "access_key_id", "access_key_secret", "sts_token" ->
                        "[" + name + "]";
                    default -> "a member";
                };
                throw file.fault("has " + shown + " twice in one object, the second time in line "
                        + parser.currentTokenLocation().getLineNr());
            }
        }

        private CredentialsException wrong(String what, String expected) {
            JsonToken token = parser.currentToken();
            return file.fault("line " + parser.currentTokenLocation().getLineNr() + ": " + what + " must be " + expected
                    + ", not " + (token == null ? "nothing" : type(token)));
        }

        private static String type(JsonToken token) {
            return switch (token) {
                case START_OBJECT -> "an object";
                case START_ARRAY -> "an array";
                case VALUE_STRING -> Setting.STRING;
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> Setting.NUMBER;
                case VALUE_TRUE, VALUE_FALSE -> Setting.BOOLEAN;
                default -> "null";
            };
        }
    }
}

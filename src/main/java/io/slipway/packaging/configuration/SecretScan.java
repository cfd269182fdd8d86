package io.slipway.packaging.configuration;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Finds secrets in clear text: about thirty rules, each a pattern that takes linear time whatever the text is, a word that must
 * be there at all, and where the pattern alone would find too much, the least entropy of what it found. What was found is never given
 * out.
 */
final class SecretScan {

    private static final int LONGEST_LINE = 20_000;
    private static final int MOST = 100;

    /** What a person writes who means that a value comes from elsewhere; the whole value must be that. */
    private static final Pattern ELSEWHERE = Pattern.compile(
            "(?i)^(?:\\$\\{[^}]*\\}|secret:[a-z0-9._-]+|<[^>]*>|\\{\\{[^}]*\\}\\}|%[a-z_]+%|x+|\\*+|changeme|example|none|null|true|false)$");

    private static final List<Rule> RULES = List.of(
            rule("age-key", "age-secret-key-", "(?i)\\b(AGE-SECRET-KEY-[A-Z0-9-]{20,})", 2),
            rule("aws-access-key", "akia|asia|abia|acca", "\\b((?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16})\\b", 3),
            rule("aws-secret-key", "aws", "(?i)aws.{0,30}?['\"=:\\s]([A-Za-z0-9/+]{40})(?:['\"\\s]|$)", 4),
            rule("azure-storage-key", "accountkey", "(?i)AccountKey=([A-Za-z0-9+/]{86}==)", 3),
            rule("anthropic-key", "sk-ant", "\\b(sk-ant-[a-z0-9]+-[A-Za-z0-9_-]{80,120})", 3),
            new Rule(
                    "basic-auth",
                    List.of("basic"),
                    Pattern.compile("(?i)\\bbasic\\s+([a-z0-9+/]{6,}={0,2})"),
                    0,
                    SecretScan::holdsPassword),
            rule("basic-auth-url", "://", "[a-z][a-z0-9+.-]{1,20}://[^\\s:/@]{1,100}:([^\\s:/@$<{]{3,200})@", 0),
            rule("docker-auth", "\"auth\"", "\"auth\"\\s*:\\s*\"([A-Za-z0-9+/=]{20,})\"", 3),
            rule("gcp-api-key", "aiza", "\\b(AIza[A-Za-z0-9_-]{35})", 3),
            rule("github-token", "ghp_|gho_|ghu_|ghs_|ghr_", "\\b(gh[pousr]_[A-Za-z0-9]{36,255})\\b", 3),
            rule("github-fine-grained", "github_pat_", "\\b(github_pat_[A-Za-z0-9_]{82})\\b", 3),
            rule("gitlab-token", "glpat-", "\\b(glpat-[A-Za-z0-9_-]{20,})", 3),
            rule(
                    "heroku-key",
                    "heroku",
                    "(?i)heroku.{0,30}?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})",
                    3),
            rule("jwt", "eyj", "\\b(eyJ[A-Za-z0-9_-]{15,}\\.eyJ[A-Za-z0-9_-]{15,}\\.[A-Za-z0-9_-]{10,})", 3),
            rule("mailgun-key", "key-", "\\b(key-[0-9a-f]{32})\\b", 3),
            rule("npm-token", "npm_", "\\b(npm_[A-Za-z0-9]{36})\\b", 3),
            rule("npm-auth", "_authtoken", "_authToken\\s*=\\s*([^\\s$]{8,})", 2),
            rule("openai-key", "sk-", "\\b(sk-(?:proj-)?[A-Za-z0-9_-]{40,200})", 3),
            rule("private-key", "private key", "(-----BEGIN [A-Z ]{0,20}PRIVATE KEY(?: BLOCK)?-----)", 0),
            rule("pypi-token", "pypi-", "\\b(pypi-AgEIcHlwaS5vcmc[A-Za-z0-9_-]{50,})", 3),
            rule("sendgrid-key", "sg.", "\\b(SG\\.[A-Za-z0-9_-]{22}\\.[A-Za-z0-9_-]{43})", 3),
            rule("shopify-token", "shpat_|shpss_|shpca_", "\\b(shp(?:at|ss|ca)_[0-9a-fA-F]{32})\\b", 3),
            rule("slack-token", "xox", "\\b(xox[abeoprs]-[A-Za-z0-9-]{10,200})", 3),
            rule("slack-webhook", "hooks.slack.com", "(https://hooks\\.slack\\.com/services/[A-Za-z0-9/]{20,})", 3),
            rule("square-token", "sq0", "\\b(sq0(?:atp|csp)-[A-Za-z0-9_-]{22,43})", 3),
            rule("stripe-key", "sk_live|rk_live|sk_test|rk_test", "\\b([sr]k_(?:live|test)_[A-Za-z0-9]{10,99})\\b", 3),
            rule("twilio-key", "sk", "\\b(SK[0-9a-f]{32})\\b", 3),
            rule("vault-token", "hvs.", "\\b(hvs\\.[A-Za-z0-9_-]{24,200})", 3),
            rule(
                    "quoted-password",
                    "password|passphrase|passwd|pwd",
                    "(?i)(?:password|passphrase|passwd|pwd)[\"']?\\s*(?:[:=]|=>)\\s*[\"']([^\\s\"']{8,200})[\"']",
                    2.5),
            rule(
                    "xml-secret",
                    "password>|passphrase>|secret>|token>|apikey>|api-key>",
                    "(?i)<[a-z0-9_.:-]{0,40}(?:password|passphrase|secret|token|api-?key)>\\s*([^<>\\s]{6,200})\\s*</",
                    2),
            rule(
                    "generic-secret",
                    "password|passphrase|passwd|pwd|secret|token|apikey|api_key|api-key|credential",
                    "(?i)(?:password|passphrase|passwd|pwd|secret|token|api[_-]?key|credentials?)[a-z0-9_.-]{0,30}[\"']?\\s*(?:[:=]|=>)\\s*[\"']?"
                            + "([^\\s\"',;]{8,200})",
                    3));

    private static final Set<String> SECRETS = Set.of(
            "password",
            "passwd",
            "pwd",
            "pass",
            "passphrase",
            "secret",
            "token",
            "apikey",
            "credential",
            "credentials",
            "privatekey",
            "secretkey",
            "accesskey");

    /** Behind these words a setting of a secret tells something about it. */
    private static final Set<String> ABOUT = Set.of(
            "policy",
            "length",
            "minimum",
            "maximum",
            "min",
            "max",
            "lifetime",
            "ttl",
            "validity",
            "expiry",
            "rounds",
            "url",
            "uri",
            "path",
            "file",
            "header",
            "field",
            "enabled",
            "required",
            "type",
            "algorithm",
            "issuer",
            "name",
            "id");

    private SecretScan() {}

    /** Whether a setting of this name holds a secret, however simple its value is. */
    static boolean namesSecret(String name) {
        List<String> words = List.of(name.replaceAll("([a-z0-9])([A-Z])", "$1.$2")
                .toLowerCase(Locale.ROOT)
                .split("[._-]+", -1));
        String last = words.get(words.size() - 1);
        if (ABOUT.contains(last)) {
            return false;
        }
        String lastTwo = words.size() < 2 ? last : words.get(words.size() - 2) + last;
        return words.stream().anyMatch(word -> word.matches(".*(password|passwd|passphrase)") || word.equals("secret"))
                || SECRETS.contains(last)
                || SECRETS.contains(lastTwo);
    }

    /** The text of a file, in the encoding that its first bytes mark. */
    static String text(byte[] bytes) {
        boolean wide = bytes.length > 1
                && ((bytes[0] == (byte) 0xfe && bytes[1] == (byte) 0xff)
                        || (bytes[0] == (byte) 0xff && bytes[1] == (byte) 0xfe));
        return new String(bytes, wide ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8);
    }

    /**
     * What a secret of one kind looks like.
     *
     * @param words one of them stands in the line, in small letters
     * @param pattern its first group is the secret
     * @param entropy least entropy of what was found
     * @param means whether what was found is really one
     */
    private record Rule(String id, List<String> words, Pattern pattern, double entropy, Predicate<String> means) {}

    private static Rule rule(String id, String words, String pattern, double entropy) {
        return new Rule(id, List.of(words.split("\\|", -1)), Pattern.compile(pattern), entropy, value -> true);
    }

    /** Whether this is base64 of user:password, as HTTP sends them; words behind "basic" are not. */
    private static boolean holdsPassword(String value) {
        try {
            String login = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Base64.getDecoder().decode(value)))
                    .toString();
            int colon = login.indexOf(':');
            return colon >= 0
                    && colon < login.length() - 1
                    && login.chars().noneMatch(Character::isISOControl)
                    && !ELSEWHERE.matches(login.substring(colon + 1));
        } catch (IllegalArgumentException | CharacterCodingException noLogin) {
            return false;
        }
    }

    /**
     * Something that looks like a secret.
     *
     * @param line number of the line, from 1
     * @param value what was found, for the caller to turn into a code at once
     */
    record Found(String rule, int line, String value) {

        @Override
        public String toString() {
            return rule + " in line " + line;
        }
    }

    /** What looks like a secret in a text, line by line; at most a hundred. */
    static List<Found> scan(String text) {
        List<Found> found = new ArrayList<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            for (int start = 0; start < Math.max(1, line.length()) && found.size() < MOST; start += LONGEST_LINE) {
                scan(line.substring(start, Math.min(line.length(), start + LONGEST_LINE)), number)
                        .ifPresent(found::add);
            }
        }
        return found;
    }

    private static Optional<Found> scan(String line, int number) {
        String lower = line.toLowerCase(Locale.ROOT);
        for (Rule rule : RULES) {
            if (rule.words().stream().noneMatch(lower::contains)) {
                continue;
            }
            Matcher matcher = rule.pattern().matcher(line);
            while (matcher.find()) {
                String value = matcher.group(1);
                if (!ELSEWHERE.matches(value)
                        && entropy(value) >= rule.entropy()
                        && rule.means().test(value)) {
                    return Optional.of(new Found(rule.id(), number, value));
                }
            }
        }
        return Optional.empty();
    }

    /** Shannon's entropy of the characters, in bits. */
    static double entropy(String text) {
        Map<Character, Integer> counts = new HashMap<>();
        for (int index = 0; index < text.length(); index++) {
            counts.merge(text.charAt(index), 1, Integer::sum);
        }
        double entropy = 0;
        for (int count : counts.values()) {
            double share = (double) count / text.length();
            entropy -= share * Math.log(share) / Math.log(2);
        }
        return entropy;
    }
}

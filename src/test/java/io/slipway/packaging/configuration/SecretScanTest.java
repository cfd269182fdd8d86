package io.slipway.packaging.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import io.slipway.Capability;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The samples are put together here, so that no text of this project looks like a secret itself. */
@Capability("3.5")
class SecretScanTest {

    @ParameterizedTest
    @CsvSource({
        "aws-access-key, AK|IAQYLPMN5HFIQR7XYA",
        "github-token, gh|p_wWPw5k4aXcaT4fNP0UcnZwJUVFk6LO0pINUx",
        "gitlab-token, glp|at-Xk3jQ9zT2vLm8RbN4sWd",
        "gcp-api-key, AI|zaSyD3kQ9zT2vLm8RbN4sWdPq7Yx1Hc5Gj0Ef",
        "private-key, -----BEGIN RSA PRI|VATE KEY-----",
        "basic-auth-url, jdbc:https://app:s3|cr3tpw@db.example/x",
        "stripe-key, sk_li|ve_4eC39HqLyjWDarjtT1zdp7dc",
        "slack-token, xox|b-263594206564-2343594206574-FGqddMF8t08v8N7Oq4i57vs1",
        "jwt, ey|JhbGciOiJIUzI1NiIsInR5.eyJzdWIiOiIxMjM0NTY3ODkw.SflKxwRJSMeKKF2QT4",
        "generic-secret, db.pass|word=Tr0ub4dor-9x",
        "generic-secret, 'api_k|ey: \"kQ9zT2vLm8RbN4\"'",
        "quoted-password, '\"pass|word\": \"correcthorse1\"'",
        "xml-secret, <pass|word>hunter2</password>",
        "generic-secret, db.passph|rase=kQ9zT2vLm8RbN4",
        "age-key, AGE-SEC|RET-KEY-1QYQSZQGPQYQSZQGPQYQSZQGPQYQSZQGPQYQSZQGPQYQSZQGPQYQSZ",
        "age-key, backup.identity=AGE-SEC|RET-KEY-1W7Z3T5X0NVQ4YK8M2J6GLP9HDRSEUFCAWQ7ZT",
        "basic-auth, Authorization: Ba|sic YXBwOnMzY3IzdHB3",
        "basic-auth, remote.header=ba|sic QWxhZGRpbjpvcGVuIHNlc2FtZQ==",
        "basic-auth, x=Ba|sic OnRva2VuMTIz",
        "generic-secret, client-sec|ret-false=false9Zq8Wx7Vy"
    })
    void finds(String rule, String sample) {
        assertThat(SecretScan.scan("first line\n" + sample.replace("|", "")))
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.rule()).isEqualTo(rule);
                    assertThat(found.line()).isEqualTo(2);
                    assertThat(found.toString()).doesNotContain(found.value());
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password=${db.password}",
                "password=secret:db.password",
                "password: changeme",
                "password=",
                "token: <your token here>",
                "secret={{ vault.db }}",
                "passwordPolicy: strong",
                "The password is asked for when you sign in.",
                "https://example.org/a:b@c",
                "tokens per minute: 20000000",
                "password=aaaaaaaaaaaa",
                "Basic information about the installation",
                "Authorization: Basic ${login}",
                // user:${PASSWORD} and user alone
                "Authorization: Basic dXNlcjoke1BBU1NXT1JEfQ==",
                "Authorization: Basic dXNlcnVzZXI=",
                "AGE-SECRET-KEY-file"
            })
    void leavesAlone(String line) {
        assertThat(SecretScan.scan(line)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "db.password, true",
        "PASSWORD, true",
        "shop.api-key, true",
        "mail.smtp_token, true",
        "dbPassword, true",
        "dbpassword, true",
        "db.pass, true",
        "password.db, true",
        "client-secret-key, true",
        "shop.apiKey, true",
        "compass, false",
        "smtp.port, false",
        "password.policy, false",
        "token.lifetime, false",
        "secretary, false"
    })
    void knowsASettingThatHoldsASecretByItsName(String name, boolean secret) {
        assertThat(SecretScan.namesSecret(name)).isEqualTo(secret);
    }

    @Test
    void readsWideTexts() {
        String line = "db.pass" + "word=Tr0ub4dor-9x";

        assertThat(SecretScan.scan(SecretScan.text(line.getBytes(StandardCharsets.UTF_16))))
                .hasSize(1);
        assertThat(SecretScan.scan(SecretScan.text(line.getBytes(StandardCharsets.UTF_8))))
                .hasSize(1);
    }

    @Test
    void takesLinearTimeForHostileText() {
        String hostile = "password".repeat(200_000) + "=" + "a".repeat(1_000_000);

        assertThat(SecretScan.scan(hostile)).hasSizeLessThanOrEqualTo(100);
    }
}

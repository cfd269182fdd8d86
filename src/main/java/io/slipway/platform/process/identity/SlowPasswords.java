package io.slipway.platform.process.identity;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.camunda.bpm.engine.impl.digest.PasswordEncryptor;

/**
 * Keeps passwords by PBKDF2 (RFC 8018) with HMAC-SHA-512, a salt of 16 bytes and a number of rounds that is stored with each hash, so
 * that it can be raised later. The engine's own way is one round of SHA-512, which is guessed too fast.
 */
final class SlowPasswords implements PasswordEncryptor {

    private static final String ALGORITHM = "PBKDF2WithHmacSHA512";
    private static final int BITS = 256;

    private final SecureRandom random = new SecureRandom();
    private final int rounds;

    SlowPasswords(int rounds) {
        this.rounds = rounds;
    }

    @Override
    public String hashAlgorithmName() {
        return ALGORITHM;
    }

    @Override
    public String encrypt(String password) {
        byte[] salt = new byte[16];
        random.nextBytes(salt);
        Base64.Encoder text = Base64.getEncoder();
        return rounds + "$" + text.encodeToString(salt) + "$" + text.encodeToString(hash(password, salt, rounds));
    }

    @Override
    public boolean check(String password, String encrypted) {
        String[] parts = encrypted.split("\\$", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("The stored password is not of the form rounds$salt$hash");
        }
        byte[] salt = Base64.getDecoder().decode(parts[1]);
        byte[] expected = Base64.getDecoder().decode(parts[2]);
        return MessageDigest.isEqual(expected, hash(password, salt, Integer.parseInt(parts[0])));
    }

    private static byte[] hash(String password, byte[] salt, int rounds) {
        PBEKeySpec key = new PBEKeySpec(password.toCharArray(), salt, rounds, BITS);
        try {
            return SecretKeyFactory.getInstance(ALGORITHM).generateSecret(key).getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
        } finally {
            key.clearPassword();
        }
    }
}

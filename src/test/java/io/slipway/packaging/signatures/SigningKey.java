package io.slipway.packaging.signatures;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.bcpg.ArmoredOutputStream;
import org.bouncycastle.bcpg.SignatureSubpacketTags;
import org.bouncycastle.bcpg.sig.KeyFlags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPrivateKey;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureGenerator;
import org.bouncycastle.openpgp.PGPSignatureSubpacketGenerator;
import org.bouncycastle.openpgp.api.OpenPGPKey;
import org.bouncycastle.openpgp.api.SignatureParameters;
import org.bouncycastle.openpgp.api.bc.BcOpenPGPApi;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentSignerBuilder;

/** A key made for a test, and signatures of it. */
public final class SigningKey {

    private static final BcOpenPGPApi API = new BcOpenPGPApi();

    private final OpenPGPKey key;

    private SigningKey(OpenPGPKey key) {
        this.key = key;
    }

    /** An Ed25519 key that signs from a moment on. */
    public static SigningKey since(Instant created) {
        try {
            return new SigningKey(API.generateKey(4, Date.from(created))
                    .ed25519x25519Key("Build <build@bookshop.example>")
                    .build());
        } catch (PGPException e) {
            throw new AssertionError(e);
        }
    }

    /** An RSA key of some strength. */
    static SigningKey rsa(int bits, Instant created) {
        try {
            return new SigningKey(API.generateKey(4, Date.from(created))
                    .singletonRSAKey(bits, "Rsa <rsa@bookshop.example>")
                    .build());
        } catch (PGPException e) {
            throw new AssertionError(e);
        }
    }

    /** A key that ends some seconds after it was made. */
    static SigningKey lasting(Instant created, long seconds) {
        try {
            SignatureParameters.Callback ends = SignatureParameters.Callback.Util.modifyHashedSubpackets(packets -> {
                packets.setKeyExpirationTime(true, seconds);
                packets.removePacketsOfType(SignatureSubpacketTags.KEY_FLAGS);
                packets.setKeyFlags(true, KeyFlags.CERTIFY_OTHER | KeyFlags.SIGN_DATA);
                return packets;
            });
            return new SigningKey(API.generateKey(4, Date.from(created))
                    .withPrimaryKey(generator -> generator.generateLegacyEd25519KeyPair(), ends)
                    .addUserId("Short <short@bookshop.example>", ends)
                    .build());
        } catch (PGPException e) {
            throw new AssertionError(e);
        }
    }

    /** The same key, revoked. */
    SigningKey revoked() {
        try {
            return new SigningKey(API.editKey(key).revokeKey().done());
        } catch (PGPException e) {
            throw new AssertionError(e);
        }
    }

    /** The public key as text. */
    public String publicKey() {
        try {
            return key.toCertificate().toAsciiArmoredString();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The private key as text, which nobody should hand out. */
    String privateKey() {
        try {
            return key.toAsciiArmoredString();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** A detached signature as text. */
    public byte[] sign(byte[] content) {
        try {
            return API.createDetachedSignature()
                    .addSigningKey(key)
                    .sign(new ByteArrayInputStream(content))
                    .get(0)
                    .toAsciiArmoredString()
                    .getBytes(java.nio.charset.StandardCharsets.UTF_8);
        } catch (IOException | PGPException e) {
            throw new AssertionError(e);
        }
    }

    /** A detached signature with any hash, time and type, made without any rule. */
    byte[] sign(byte[] content, int hash, Instant time, int type, long expires) {
        try {
            var secret = key.getPrimarySecretKey();
            PGPPublicKey pub = secret.getPGPPublicKey();
            PGPPrivateKey priv = secret.unlock((char[]) null).getKeyPair().getPrivateKey();
            PGPSignatureGenerator generator =
                    new PGPSignatureGenerator(new BcPGPContentSignerBuilder(pub.getAlgorithm(), hash), pub);
            generator.init(type, priv);
            PGPSignatureSubpacketGenerator packets = new PGPSignatureSubpacketGenerator();
            packets.setSignatureCreationTime(true, Date.from(time));
            packets.setIssuerFingerprint(true, pub);
            packets.setIssuerKeyID(false, pub.getKeyID());
            if (expires > 0) {
                packets.setSignatureExpirationTime(true, expires);
            }
            generator.setHashedSubpackets(packets.generate());
            generator.update(content);
            PGPSignature signature = generator.generate();
            var bytes = new java.io.ByteArrayOutputStream();
            try (ArmoredOutputStream out = ArmoredOutputStream.builder().build(bytes)) {
                signature.encode(out);
            }
            return bytes.toByteArray();
        } catch (IOException | PGPException e) {
            throw new AssertionError(e);
        }
    }
}

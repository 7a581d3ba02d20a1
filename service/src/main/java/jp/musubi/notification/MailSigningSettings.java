package jp.musubi.notification;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whether letters are signed (S/MIME), and with what.
 *
 * @param keyStore PKCS#12 file with key and certificates; without one letters go out unsigned
 * @param keyStorePasswordFile file whose first line is its password
 * @param keyAlias of the key in it
 * @param alarmBeforeExpiry remaining life of the certificate below which the log alarms
 */
@ConfigurationProperties("musubi.mail.signing")
record MailSigningSettings(
    @Nullable Path keyStore,
    @Nullable Path keyStorePasswordFile,
    @DefaultValue("mail") String keyAlias,
    @DefaultValue("30d") Duration alarmBeforeExpiry) {}

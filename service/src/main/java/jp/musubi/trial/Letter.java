package jp.musubi.trial;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One letter as its reader sees it.
 *
 * @param number in order of arrival, from 1
 * @param links the web addresses in the text
 */
public record Letter(
    int number,
    String from,
    String to,
    String subject,
    Instant sentAt,
    String text,
    List<String> links) {
  private static final Pattern LINK = Pattern.compile("https?://[^\\s　<>\"]+");

  static Letter of(int number, MimeMessage message) throws MessagingException, IOException {
    var text = String.valueOf(message.getContent());
    return new Letter(
        number,
        addresses(message.getFrom()),
        addresses(message.getRecipients(Message.RecipientType.TO)),
        String.valueOf(message.getSubject()),
        message.getSentDate() == null ? Instant.EPOCH : message.getSentDate().toInstant(),
        text,
        LINK.matcher(text).results().map(java.util.regex.MatchResult::group).toList());
  }

  private static String addresses(jakarta.mail.Address @org.jspecify.annotations.Nullable [] all) {
    return all == null
        ? ""
        : Arrays.stream(all)
            .map(address ->
                address instanceof InternetAddress internet
                    ? internet.toUnicodeString()
                    : address.toString())
            .collect(Collectors.joining(", "));
  }
}

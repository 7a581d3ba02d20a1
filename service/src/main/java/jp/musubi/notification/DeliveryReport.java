package jp.musubi.notification;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;

/**
 * 配送状況通知 (RFC 3464): that a letter did not reach a recipient, and will not.
 *
 * @param messageId of the letter, with its angle brackets
 * @param status 5.1.1 and the like (RFC 3463)
 * @param diagnostic what the other server said, on one line; may be empty
 */
record DeliveryReport(String messageId, String status, String diagnostic) {
  /** A report quotes a letter at most; ours are a few kilobytes. */
  static final int LARGEST = 1_000_000;

  private static final int MOST_PARTS = 10;
  private static final int LONGEST_DIAGNOSTIC = 500;
  private static final Pattern STATUS = Pattern.compile("5\\.\\d{1,3}\\.\\d{1,3}");
  private static final Pattern STATUS_IN_FRONT = Pattern.compile("^(5\\.\\d{1,3}\\.\\d{1,3})\\b.*");
  private static final Pattern ADDRESS = Pattern.compile("https?://\\S*", Pattern.CASE_INSENSITIVE);
  private static final Pattern MESSAGE_ID = Pattern.compile("<[^<>\\s]{1,200}>");

  /** What is no such report. */
  static final class NotOne extends Exception {
    private static final long serialVersionUID = 1L;

    NotOne(String why) {
      super(why);
    }
  }

  /**
   * Reads a mail. Whatever somebody sent may stand in it.
   *
   * @return empty for a sound report that says something else: delayed, delivered, relayed, or only
   *     failed for now
   * @throws NotOne if it is no report, or none that can be understood
   */
  static Optional<DeliveryReport> read(byte[] mail) throws NotOne {
    if (mail.length > LARGEST) {
      throw new NotOne("larger than " + LARGEST + " bytes");
    }
    try {
      return read(
          new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(mail)));
    } catch (MessagingException | IOException e) {
      throw new NotOne("not readable: " + e.getClass().getSimpleName());
    }
  }

  private static Optional<DeliveryReport> read(MimeMessage mail)
      throws MessagingException, IOException, NotOne {
    var type = new ContentType(String.valueOf(mail.getContentType()));
    if (!type.match("multipart/report")
        || !"delivery-status".equalsIgnoreCase(type.getParameter("report-type"))) {
      throw new NotOne("no delivery report");
    }
    var parts = new MimeMultipart(new ByteArrayDataSource(mail.getInputStream(), type.toString()));
    var found = Math.min(parts.getCount(), MOST_PARTS);
    List<Map<String, String>> recipients = List.of();
    Optional<String> id = Optional.empty();
    for (var i = 0; i < found; i++) {
      var part = parts.getBodyPart(i);
      if (is(part, "message/delivery-status") || is(part, "message/global-delivery-status")) {
        recipients = blocks(part);
      } else if (is(part, "message/rfc822")
          || is(part, "text/rfc822-headers")
          || is(part, "message/global")
          || is(part, "message/global-headers")) {
        id = blocks(part).stream().findFirst().map(headers -> headers.get("message-id"));
      }
    }
    if (recipients.isEmpty()) {
      throw new NotOne("no recipients in it");
    }
    // The first block is about the letter, each further one about a recipient; ours have one.
    var failed =
        recipients.stream()
            .filter(block -> "failed".equalsIgnoreCase(word(block.getOrDefault("action", ""))))
            .filter(block -> status(block).isPresent())
            .findFirst();
    if (failed.isEmpty()) {
      return Optional.empty();
    }
    var letter =
        id.map(MESSAGE_ID::matcher)
            .filter(java.util.regex.Matcher::find)
            .map(java.util.regex.MatchResult::group)
            .orElseThrow(() -> new NotOne("names no letter"));
    return Optional.of(
        new DeliveryReport(
            letter,
            status(failed.get()).orElseThrow(),
            shortened(failed.get().getOrDefault("diagnostic-code", ""))));
  }

  private static boolean is(BodyPart part, String type) throws MessagingException {
    return part.isMimeType(type);
  }

  private static Optional<String> status(Map<String, String> block) {
    var status = word(block.getOrDefault("status", ""));
    var front = STATUS_IN_FRONT.matcher(status);
    return front.matches() && STATUS.matcher(front.group(1)).matches()
        ? Optional.of(front.group(1))
        : Optional.empty();
  }

  /** Without comments and what follows them. */
  private static String word(String value) {
    return value.replaceAll("[\\s(;].*", "").strip();
  }

  private static String shortened(String text) {
    // A server that quotes what it refused may quote a live link.
    var line = ADDRESS.matcher(PlainText.oneLine(text)).replaceAll("…");
    return line.length() > LONGEST_DIAGNOSTIC ? line.substring(0, LONGEST_DIAGNOSTIC) : line;
  }

  /** Blocks of header fields, names in small letters, folded lines joined; the first of a name. */
  private static List<Map<String, String>> blocks(Part part)
      throws MessagingException, IOException {
    var text = new String(part.getInputStream().readNBytes(LARGEST), StandardCharsets.UTF_8);
    var blocks = new ArrayList<Map<String, String>>();
    var block = new LinkedHashMap<String, String>();
    var last = "";
    for (var line : text.lines().toList()) {
      if (line.isBlank()) {
        if (!block.isEmpty()) {
          blocks.add(block);
          block = new LinkedHashMap<>();
        }
        last = "";
      } else if (line.startsWith(" ") || line.startsWith("\t")) {
        block.computeIfPresent(last, (_, value) -> value + " " + line.strip());
      } else {
        var colon = line.indexOf(':');
        last = colon < 1 ? "" : line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
        if (!last.isEmpty()) {
          block.putIfAbsent(last, line.substring(colon + 1).strip());
        }
      }
    }
    if (!block.isEmpty()) {
      blocks.add(block);
    }
    return blocks;
  }
}

package jp.musubi.platform.web;

import java.util.Locale;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** 言葉の本 — the words of a key, for what a page puts together itself. */
@Component
public class Book {
  private final MessageSource messages;

  Book(MessageSource messages) {
    this.messages = messages;
  }

  /** The words of {@code key}, its gaps filled in order. */
  public String of(String key, Object... values) {
    return messages.getMessage(key, values, Locale.JAPAN);
  }

  /** The same in the language somebody without an account has chosen; Japanese for staff. */
  public String shown(String key, Object... values) {
    return messages.getMessage(key, values, LocaleContextHolder.getLocale());
  }

  /** A step of the way to a page. */
  public Crumb crumb(String key, String path) {
    return new Crumb(of(key), path);
  }
}

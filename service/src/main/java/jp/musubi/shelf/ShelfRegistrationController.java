package jp.musubi.shelf;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import jp.musubi.platform.secrets.AppCodes;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.QrCode;
import jp.musubi.platform.web.Reading;
import jp.musubi.platform.web.Text;
import jp.musubi.seal.Sha256;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;

/** 控えの登録: a file of one of the contracts, the app's first code, later its code; and the end. */
@Controller
@RequestMapping("/past")
class ShelfRegistrationController {
  private static final Field.Look CODE =
      new Field.Look("text", "one-time-code", "numeric", "short", null, 20, null);

  private final Gate gate;
  private final Holders holders;
  private final HolderCookie cookie;
  private final Book book;

  ShelfRegistrationController(Gate gate, Holders holders, HolderCookie cookie, Book book) {
    this.gate = gate;
    this.holders = holders;
    this.cookie = cookie;
    this.book = book;
  }

  /**
   * The app's page.
   *
   * @param secret the same as the picture, for typing
   * @param address opens the app on the telephone that shows the page
   */
  record App(QrCode picture, String secret, String address, Field code) {}

  @GetMapping("/proof")
  ModelAndView file(HttpServletRequest request) {
    var standing = gate.standing(request);
    return standing instanceof Standing.Outside
        ? Gate.onward(standing)
        : file(standing, null, HttpStatus.OK, request);
  }

  /**
   * The file that was chosen. It is only hashed: nothing of it is opened or kept. Its digest alone,
   * as 原本照合 takes it, would not do: it is printed on paper.
   */
  @PostMapping("/proof")
  ModelAndView show(
      @RequestParam(required = false) @Nullable MultipartFile file, HttpServletRequest request) {
    var standing = gate.standing(request);
    if (standing instanceof Standing.Outside) {
      return Gate.onward(standing);
    }
    var digest = digest(file);
    if (digest.isEmpty()) {
      return file(
          standing, Text.of("past.wrong.noFile"), HttpStatus.UNPROCESSABLE_CONTENT, request);
    }
    return switch (standing) {
      case Standing.Outside _ -> Gate.onward(standing);
      case Standing.FileWanted(var session) -> shown(session, digest.get(), request);
      case Standing.CodeWanted(var session) -> shown(session, digest.get(), request);
      case Standing.AppOffered(var session) -> shown(session, digest.get(), request);
      case Standing.Open(var opened) ->
          holders.widen(opened, digest.get(), request.getRemoteAddr())
              ? new ModelAndView("redirect:/past/contracts")
              : again(Text.of("past.wrong.notMore"), request);
    };
  }

  private ModelAndView shown(
      HolderStore.Session session, Sha256 digest, HttpServletRequest request) {
    return switch (holders.show(session, digest)) {
      case OFFERED -> new ModelAndView("redirect:/past/app");
      case UNKNOWN -> again(Text.of("past.wrong.file"), request);
      case TOO_LITTLE -> again(Text.of("past.wrong.tooLittle"), request);
    };
  }

  /** The same page with what is wrong; the way in, where there were too many tries. */
  private ModelAndView again(Text wrong, HttpServletRequest request) {
    var standing = gate.standing(request);
    return standing instanceof Standing.Outside
        ? tooMany(request)
        : file(standing, wrong, HttpStatus.UNPROCESSABLE_CONTENT, request);
  }

  @GetMapping("/app")
  ModelAndView app(HttpServletRequest request) {
    var standing = gate.standing(request);
    return standing instanceof Standing.AppOffered(var session)
        ? app(session, null, HttpStatus.OK, request)
        : Gate.onward(standing);
  }

  /** The app's first code. */
  @PostMapping("/app")
  ModelAndView register(@RequestParam(defaultValue = "") String code, HttpServletRequest request) {
    var standing = gate.standing(request);
    if (!(standing instanceof Standing.AppOffered(var session))) {
      return Gate.onward(standing);
    }
    if (holders.register(session, code, request.getRemoteAddr())) {
      return new ModelAndView("redirect:/past/contracts");
    }
    return gate.standing(request) instanceof Standing.Outside
        ? tooMany(request)
        : app(session, Text.of("past.wrong.firstCode"), HttpStatus.UNPROCESSABLE_CONTENT, request);
  }

  @GetMapping("/code")
  ModelAndView code(HttpServletRequest request) {
    var standing = gate.standing(request);
    return standing instanceof Standing.CodeWanted
        ? code(null, HttpStatus.OK, request)
        : Gate.onward(standing);
  }

  /** The app's code. */
  @PostMapping("/code")
  ModelAndView open(@RequestParam(defaultValue = "") String code, HttpServletRequest request) {
    var standing = gate.standing(request);
    if (!(standing instanceof Standing.CodeWanted(var session))) {
      return Gate.onward(standing);
    }
    if (holders.open(session, code, request.getRemoteAddr())) {
      return new ModelAndView("redirect:/past/contracts");
    }
    return gate.standing(request) instanceof Standing.Outside
        ? tooMany(request)
        : code(Text.of("past.wrong.code"), HttpStatus.UNPROCESSABLE_CONTENT, request);
  }

  @GetMapping("/registration")
  ModelAndView registration(HttpServletRequest request) {
    return gate.open(request, _ -> Pages.of("shelf/registration", request));
  }

  /** 「登録を消す」. */
  @PostMapping("/registration")
  ModelAndView forget(HttpServletRequest request, HttpServletResponse response) {
    return gate.open(
        request,
        opened -> {
          holders.forget(opened, request.getRemoteAddr());
          cookie.take(response);
          return Pages.of("shelf/forgotten", request)
              .addObject("reading", Reading.of(request).at("/past"));
        });
  }

  /** 「閉じる」. */
  @PostMapping("/leave")
  ModelAndView leave(HttpServletRequest request, HttpServletResponse response) {
    return gate.open(
        request,
        opened -> {
          holders.leave(opened.session());
          cookie.take(response);
          return new ModelAndView("redirect:/past");
        });
  }

  private ModelAndView file(
      Standing standing, @Nullable Text wrong, HttpStatus status, HttpServletRequest request) {
    var page =
        Pages.of(
                "shelf/proof",
                request,
                Field.required("file", "past.proof.file")
                    .hinted("past.proof.file.hint")
                    .drawn(Field.Look.PDF)
                    .wrong(wrong))
            .addObject(
                "why",
                switch (standing) {
                  case Standing.Open _ -> "past.proof.wider";
                  case Standing.CodeWanted _ -> "past.proof.lost";
                  case Standing.Outside _, Standing.FileWanted _, Standing.AppOffered _ ->
                      "past.proof.first";
                })
            .addObject("reading", Reading.of(request).at("/past/proof"));
    page.setStatus(status);
    return page;
  }

  private ModelAndView app(
      HolderStore.Session session,
      @Nullable Text wrong,
      HttpStatus status,
      HttpServletRequest request) {
    var secret = holders.offeredApp(session);
    if (secret.isEmpty()) {
      return new ModelAndView("redirect:/past/proof");
    }
    var bytes = secret.get().bytes();
    var address = AppCodes.address(bytes, book.shown("past.app.service"), holders.nameOf(session));
    var field = codeField("past.app.code").wrong(wrong);
    var page =
        Pages.of("shelf/app", request, field)
            .addObject("app", new App(QrCode.of(address), AppCodes.spelled(bytes), address, field))
            .addObject("reading", Reading.of(request).at("/past/app"));
    page.setStatus(status);
    return page;
  }

  private static ModelAndView code(
      @Nullable Text wrong, HttpStatus status, HttpServletRequest request) {
    var page =
        Pages.of("shelf/code", request, codeField("past.code").wrong(wrong))
            .addObject("reading", Reading.of(request).at("/past/code"));
    page.setStatus(status);
    return page;
  }

  private static Field codeField(String label) {
    return Field.required("code", label).hinted("past.code.hint").drawn(CODE);
  }

  private static ModelAndView tooMany(HttpServletRequest request) {
    var page =
        Pages.of("shelf/tries", request).addObject("reading", Reading.of(request).at("/past"));
    page.setStatus(HttpStatus.TOO_MANY_REQUESTS);
    return page;
  }

  private static Optional<Sha256> digest(@Nullable MultipartFile file) {
    if (file == null || file.isEmpty()) {
      return Optional.empty();
    }
    try (var in =
        new DigestInputStream(file.getInputStream(), MessageDigest.getInstance("SHA-256"))) {
      in.transferTo(OutputStream.nullOutputStream());
      return Optional.of(Sha256.parse(HexFormat.of().formatHex(in.getMessageDigest().digest())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}

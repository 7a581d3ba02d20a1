package jp.musubi.verification;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Reading;
import jp.musubi.platform.web.Text;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;

/** 署名の検証, for anybody: who signed a PDF and when, and whether it was changed since. */
@Controller
@RequestMapping("/verify/signatures")
class PdfController {
  private final SignatureCheck check;
  private final Book book;

  PdfController(SignatureCheck check, Book book) {
    this.check = check;
    this.book = book;
  }

  /** The page. */
  record Page(Field file) {
    /** For the summary of what is wrong. */
    public List<Field> fields() {
      return List.of(file);
    }
  }

  @GetMapping
  ModelAndView explain() {
    return page(Map.of(), HttpStatus.OK);
  }

  /** 「署名を確かめる」. Changes nothing but the count of who asked; of the file nothing is kept. */
  @PostMapping
  ModelAndView ask(
      @RequestParam(required = false) @Nullable MultipartFile file, HttpServletRequest request) {
    var reading = Reading.of(request).at("/verify/signatures");
    if (file == null || file.isEmpty()) {
      var reader = new FormReader();
      reader.reject("file", "verify.wrong.file");
      return page(reader.wrong(), HttpStatus.UNPROCESSABLE_CONTENT).addObject("reading", reading);
    }
    var page =
        switch (check.ask(file, String.valueOf(request.getRemoteAddr()))) {
          case SignatureCheck.Answer.Judged(var report, var at) ->
              page(Map.of(), HttpStatus.OK)
                  .addObject("result", SignatureSheet.of(report, at, reading.locale(), book));
          case SignatureCheck.Answer.NoPdf _ ->
              wrong("verify.sig.noPdf", HttpStatus.UNPROCESSABLE_CONTENT);
          case SignatureCheck.Answer.Infected _ ->
              wrong("verify.sig.infected", HttpStatus.UNPROCESSABLE_CONTENT);
          case SignatureCheck.Answer.GivenUp _ ->
              wrong("verify.sig.givenUp", HttpStatus.UNPROCESSABLE_CONTENT);
          case SignatureCheck.Answer.TooMany _ ->
              wrong("verify.sig.tooMany", HttpStatus.TOO_MANY_REQUESTS);
        };
    return page.addObject("reading", reading);
  }

  private ModelAndView wrong(String key, HttpStatus status) {
    return page(Map.of("file", Text.of(key)), status);
  }

  private ModelAndView page(Map<String, Text> wrong, HttpStatus status) {
    var page =
        new ModelAndView(
            "verification/signatures",
            "page",
            new Page(
                Field.required("file", "verify.file")
                    .hinted("verify.sig.hint")
                    .drawn(Field.Look.PDF)
                    .wrong(wrong.get("file"))));
    page.setStatus(status);
    return page;
  }
}

package jp.musubi.contract;

import java.util.List;
import jp.musubi.platform.web.Text;

/** 送信前の注意. What a feature wants the sender to look at; nothing of it keeps them from sending. */
public interface SendingCaution {

  /** Keys of the words, under which lie {@code .heading} and {@code .text}, and what they name. */
  List<Text> of(Particulars draft);
}

"""Rules of words: `半导体 AND (补贴 OR 投资) -手机`.

    line -> tokens -> reading (-> Problem) -> settling (what the words name) -> Expression -> its text, kept

The text of an expression reads back as the same expression. Which articles one matches: `knowledge.about`.
"""

#pragma once

#include <QSyntaxHighlighter>

namespace sockeye {

struct ThemeColors;

/// Colours the text of a struct: its words, types, numbers, texts and comments.
class StructHighlighter final : public QSyntaxHighlighter
{
    Q_OBJECT

public:
    explicit StructHighlighter(QTextDocument *document);

    void setColors(const ThemeColors &colors);

protected:
    void highlightBlock(const QString &text) override;

private:
    void highlightWords(const QString &text, qsizetype begin, qsizetype end);

    QColor m_keyword;
    QColor m_type;
    QColor m_number;
    QColor m_text;
    QColor m_dim;
};

} // namespace sockeye

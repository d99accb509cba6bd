#pragma once

#include <QSyntaxHighlighter>

namespace sockeye {

struct ThemeColors;

/// Colours a message as it is typed: the pictures of characters that cannot be seen (ExactText) always; the names,
/// strings and other values of JSON once that is switched on.
class MessageHighlighter final : public QSyntaxHighlighter
{
    Q_OBJECT

public:
    explicit MessageHighlighter(QTextDocument *document);

    void setJson(bool isJson);
    void setColors(const ThemeColors &colors);

protected:
    void highlightBlock(const QString &text) override;

private:
    void highlightJson(const QString &text);

    bool m_isJson = false;
    QColor m_name;
    QColor m_string;
    QColor m_value;
    QColor m_picture;
};

} // namespace sockeye

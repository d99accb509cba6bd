#pragma once

#include <QSyntaxHighlighter>

namespace sockeye {

struct ThemeColors;

/// Colours JSON as it is typed: names, strings, and the other values. Off until switched on.
class JsonHighlighter final : public QSyntaxHighlighter
{
    Q_OBJECT

public:
    explicit JsonHighlighter(QTextDocument *document);

    void setEnabled(bool enabled);
    void setColors(const ThemeColors &colors);

protected:
    void highlightBlock(const QString &text) override;

private:
    bool m_enabled = false;
    QColor m_name;
    QColor m_string;
    QColor m_value;
};

} // namespace sockeye

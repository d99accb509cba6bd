#pragma once

#include <QFrame>

class QLabel;

namespace sockeye {

/// The values of the bytes at one place: integers and a float of several widths and byte orders.
class ValueStrip final : public QFrame
{
    Q_OBJECT

public:
    static constexpr int MaxBytes = 8;

    explicit ValueStrip(QWidget *parent = nullptr);

    /// Up to MaxBytes bytes from the place on; values that need more are shown as "–".
    void setBytes(const QByteArray &bytes);

    /// "u16 le" and its like, each with its value for the bytes.
    struct Value
    {
        QString name;
        QString text;

        friend bool operator==(const Value &, const Value &) = default;
    };
    [[nodiscard]] static QList<Value> valuesOf(const QByteArray &bytes);

    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    QLabel *addLabel(QList<QLabel *> &labels, const QString &text);
    [[nodiscard]] int charWidth() const;
    [[nodiscard]] int rowHeight() const;
    [[nodiscard]] int columnsFor(int width) const;

    QList<QLabel *> m_names;
    QList<QLabel *> m_values;
};

} // namespace sockeye

#pragma once

#include "decode/ByteValues.h"

#include <QFrame>

class QLabel;
class QToolButton;

namespace sockeye {

class ValueTable;

/// The values of the bytes at one place: integers and a float of several widths and byte orders in a few lines, or all
/// that there are in a table.
class ValueStrip final : public QFrame
{
    Q_OBJECT

public:
    static constexpr int MaxBytes = static_cast<int>(MaxValueBytes);

    explicit ValueStrip(QWidget *parent = nullptr);

    /// Up to MaxBytes bytes from the place on; values that need more are shown as "–".
    void setBytes(const QByteArray &bytes);
    /// Whether all values are shown instead of some.
    [[nodiscard]] bool showsAll() const;
    void setShowsAll(bool shows);

    /// "u16 le" and its like, each with its value for the bytes.
    struct Value
    {
        QString name;
        QString text;

        friend bool operator==(const Value &, const Value &) = default;
    };
    [[nodiscard]] static QList<Value> valuesOf(const QByteArray &bytes);

    [[nodiscard]] bool hasHeightForWidth() const override { return !showsAll(); }
    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// A value was chosen that is made of so many bytes.
    void valueChosen(qsizetype bytes);
    /// The user wants to see all values, or no more than some.
    void showsAllChanged(bool shows);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    QLabel *addLabel(QList<QLabel *> &labels, const QString &text);
    void updatePolicy();
    void placeLabels();
    [[nodiscard]] int widthForLabels(int width) const;
    [[nodiscard]] int charWidth() const;
    [[nodiscard]] int rowHeight() const;
    [[nodiscard]] int columnsFor(int width) const;

    QList<QLabel *> m_names;
    QList<QLabel *> m_values;
    QToolButton *m_toggle;
    ValueTable *m_table;
};

} // namespace sockeye

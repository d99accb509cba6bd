#include "widgets/hex/OffsetDialog.h"

#include "base/Units.h"
#include "widgets/hex/HexOffset.h"

namespace sockeye {

OffsetDialog::OffsetDialog(qint64 size, ByteOffset here, QWidget *parent)
    : PlaceDialog(tr("Go to offset"), tr("Offset"),
                  tr("The offset of a byte: decimal, hex as in 0x1f, or from the end as in -1; also reckoned, as in "
                     "0x10+4*(3-1), end-4, or here+16 from the byte at the caret"),
                  parent)
    , m_size(size)
    , m_here(here)
{
    check();
}

void OffsetDialog::setSize(qint64 size)
{
    m_size = size;
    check();
}

QString OffsetDialog::problemWith(const QString &text) const
{
    const Result<ByteOffset> offset = parseOffset(text, m_size, m_here);
    return offset ? QString() : offset.message();
}

QString OffsetDialog::hint() const
{
    if (m_size == 0)
        return tr("There are no bytes.");
    return tr("An offset from 0 to %1 (0x%2), or from the end: -1 is the last byte")
        .arg(countText(m_size - 1), QString::number(m_size - 1, 16));
}

void OffsetDialog::goTo(const QString &text)
{
    if (const Result<ByteOffset> offset = parseOffset(text, m_size, m_here))
        Q_EMIT offsetChosen(offset.value());
}

} // namespace sockeye

#pragma once

#include "base/StrongId.h"
#include "widgets/dialogs/PlaceDialog.h"

namespace sockeye {

/// Asks for the offset of a byte to go to.
class OffsetDialog final : public PlaceDialog
{
    Q_OBJECT

public:
    /// `size`: of what is shown, in bytes; `here`: the caret, from which can be reckoned.
    explicit OffsetDialog(qint64 size, ByteOffset here = {}, QWidget *parent = nullptr);

    /// What is shown has another size now.
    void setSize(qint64 size);

Q_SIGNALS:
    void offsetChosen(sockeye::ByteOffset offset);

private:
    [[nodiscard]] QString problemWith(const QString &text) const override;
    [[nodiscard]] QString hint() const override;
    void goTo(const QString &text) override;

    qint64 m_size;
    ByteOffset m_here;
};

} // namespace sockeye

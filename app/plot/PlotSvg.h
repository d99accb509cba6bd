#pragma once

#include "base/Result.h"
#include "plot/PlotDrawing.h"

#include <functional>

class QIODevice;

namespace sockeye {

/// A drawing as an SVG file, which says what the screen shows.
namespace PlotSvg {

/// What the file needs to know beside the drawing.
struct Look
{
    /// "#rrggbb".
    std::function<QString(PlotInk ink, int style)> color;
    QString fontFamily;
    double fontPixels = 12;
    /// What the picture shows, in a sentence, for those who do not see it.
    QString description;
};

[[nodiscard]] Result<> write(const PlotDrawing &drawing, const Look &look, QIODevice &out);

} // namespace PlotSvg

} // namespace sockeye
